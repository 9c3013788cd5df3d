using Microsoft.AspNetCore.Http;

namespace Sekisho.Modules.Identity.SignIn.Sessions;

/// <summary>
/// The cookie: a random value, kept by the browser until it closes. <c>SameSite=Strict</c>: nothing outside leads into the pages but the address itself,
/// so no other site needs to bring it along.
/// </summary>
internal static class SessionCookie
{
    private const string Plain = "sekisho";
    private const string Secure = "__Host-sekisho";

    public static string? Of(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Set(HttpContext context, string value) => context.Response.Cookies.Append(Name(context), value, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context));

    private static string Name(HttpContext context) => context.Request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
