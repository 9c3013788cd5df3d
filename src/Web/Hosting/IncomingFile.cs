using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Sekisho.Wire;

namespace Sekisho.Web.Hosting;

/// <summary>The file of a form that is read as it arrives: held whole nowhere, neither in memory nor in a temporary file.</summary>
internal static class IncomingFile
{
    /// <summary>The form where its file begins, every field before it given to <paramref name="text"/>; the form's token stands there, too.</summary>
    public static async Task<Outcome<UploadForm>> Read(HttpContext http, IAntiforgery antiforgery, Action<string, string> text, Refusal missing, CancellationToken ct)
    {
        if (UploadForm.Of(http.Request) is not { } form)
        {
            return missing;
        }

        while (await form.Next(ct))
        {
            if (form.FileName is not null)
            {
                return !await IsOurs(http, antiforgery) ? Refusals.StalePage : form.FileName.Length == 0 ? missing : form;
            }

            if (form.Name == "form-token")
            {
                http.Request.Headers["X-Form-Token"] = await form.Text(ct);
            }
            else
            {
                text(form.Name, await form.Text(ct));
            }
        }

        return missing;
    }

    private static async Task<bool> IsOurs(HttpContext http, IAntiforgery antiforgery)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            // No token stood before the file, and the form it would be looked for in has gone by.
            return false;
        }
    }
}
