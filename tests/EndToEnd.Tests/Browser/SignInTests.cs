using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>Sign-in as people do it, with a browser: passkeys by a virtual authenticator, automatic sign-out, what a person sees of it.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Passkey_Registered_SignsInWithoutANameUntilItIsRemoved()
    {
        await using var site = await PagesSite.Open();
        await using var visitor = await site.Visit("localhost");
        var authenticator = await Authenticator.Of(visitor);
        var account = site.Account("clinic");
        await visitor.SignIn(account);
        await visitor.Page.GotoAsync("/me/credentials");
        await visitor.Page.GetByLabel("パスキーの名前").FillAsync("受付のパソコン");
        await visitor.Click("パスキーを登録する");
        await visitor.See("パスキーを登録しました");
        await visitor.See("受付のパソコン");
        await visitor.Look("credentials", whole: true);
        Assert.Equal(1, await authenticator.Count());

        // The same authenticator holds one passkey per person.
        await visitor.Page.GetByLabel("パスキーの名前").FillAsync("もう一つ");
        await visitor.Click("パスキーを登録する");
        await visitor.See("もう登録されています");

        await visitor.Click("サインアウト");
        await visitor.SeeHeading("サインイン");
        await visitor.Look();
        await visitor.Click("パスキーを使う");
        await visitor.See(account.Organisation);
        await visitor.Page.GotoAsync("/me/credentials");
        await visitor.Page.Locator("main summary").First.ClickAsync();
        await visitor.Page.GetByLabel("新しい名前").FillAsync("窓口のパソコン");
        await visitor.Click("名前を変える");
        await visitor.See("窓口のパソコン");
        await visitor.Page.Locator("main summary").First.ClickAsync();
        await visitor.Click("このパスキーを外す");
        await visitor.See("パスキーを外しました");

        await visitor.Click("サインアウト");
        await visitor.Click("パスキーを使う");
        await visitor.See("パスキーでサインインできません。");
        await visitor.Look();
    }

    [Fact]
    public async Task Passkey_WithoutUserVerification_IsRefused()
    {
        await using var site = await PagesSite.Open();
        await using var visitor = await site.Visit("localhost");
        var authenticator = await Authenticator.Of(visitor);
        await visitor.SignIn(site.Account("clinic"));
        await visitor.Page.GotoAsync("/me/credentials");
        await visitor.Page.GetByLabel("パスキーの名前").FillAsync("受付のパソコン");
        await authenticator.Verifies(false);
        await visitor.Click("パスキーを登録する");
        await visitor.See("取り消されたか、パスキーを使えませんでした");
        Assert.Equal(0, await authenticator.Count());
    }

    [Fact]
    public async Task OneTimeCode_Registered_IsTheSecondStep()
    {
        await using var site = await PagesSite.Open();
        await using var visitor = await site.Visit();
        var account = site.Account("clinic");
        await visitor.SignIn(account);
        await visitor.Click("さん");
        await visitor.SeeHeading("自分の認証");
        await visitor.Click("ワンタイムパスワードを登録する");
        await visitor.Look("one-time-code");
        var key = await visitor.Page.Locator("#totp-key").InnerTextAsync();
        await visitor.Page.GetByLabel("6桁のコード").FillAsync("000000");
        await visitor.Click("確かめて登録する");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await visitor.Page.GetByLabel("6桁のコード").FillAsync(Code(key, 0));
        await visitor.Click("確かめて登録する");
        await visitor.SeeHeading("ワンタイムパスワードの登録");
        await visitor.See("回復用コード（この画面でだけ表示します）");
        await visitor.Look();

        await visitor.Click("サインアウト");
        await visitor.Page.GetByLabel("利用者ID").FillAsync(account.Login);
        await visitor.Page.GetByLabel("パスワード").FillAsync(account.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await visitor.SeeHeading("二段階目の確認");
        await visitor.Look();
        await visitor.Page.GetByLabel("認証アプリの6桁のコード").FillAsync(Code(key, 1));
        await visitor.Click("確認する");
        await visitor.See(account.Organisation);
    }

    /// <summary>What an authenticator app shows, some steps from now.</summary>
    private static string Code(string typed, int ahead)
    {
        var bits = string.Concat(typed.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + ahead);
#pragma warning disable CA5350 // What authenticator apps compute.
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & 0x7FFFFFFF) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Session_LeftAlone_EndsByItselfWithoutAScript()
    {
        await using var site = await PagesSite.Open("SignIn:IdleSeconds=20");
        await using var visitor = await site.Visit(javaScript: false);
        await visitor.SignIn(site.Account("clinic"));
        await visitor.Page.GotoAsync("/claims/receptions");
        await visitor.See("に自動でサインアウトします");
        await visitor.Page.WaitForURLAsync("**/sign-in?ended=true**", new() { Timeout = 120_000 });
        await visitor.See("しばらく操作がなかったため、サインアウトしました。");
        var account = site.Account("clinic");
        await visitor.Page.GetByLabel("利用者ID").FillAsync(account.Login);
        await visitor.Page.GetByLabel("パスワード").FillAsync(account.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await visitor.SeeHeading("受付結果");
    }

    [Fact]
    public async Task Session_EndedByTheAdministrator_IsOverWithTheNextClick()
    {
        await using var site = await PagesSite.Open();
        await using var centre = await site.Visit();
        await centre.SignIn(site.Account("centre"));
        await centre.Page.GotoAsync("/sign-ins");
        await centre.SeeHeading("サインインの管理");
        await centre.See("この画面");
        await centre.Look("sign-ins", whole: true);

        await using var again = await site.Visit();
        await again.SignIn(site.Account("centre"));
        await centre.Page.ReloadAsync();
        await centre.SeeHeading("サインイン");
    }

    /// <summary>A security key that exists only in the browser.</summary>
    private sealed class Authenticator
    {
        private readonly ICDPSession _session;
        private readonly string _id;

        private Authenticator(ICDPSession session, string id)
        {
            _session = session;
            _id = id;
        }

        public static async Task<Authenticator> Of(Visitor visitor)
        {
            var session = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
            await session.SendAsync("WebAuthn.enable");
            var options = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            };
            var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object> { ["options"] = options });
            return new Authenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        public async Task Verifies(bool verified) =>
            await _session.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = _id, ["isUserVerified"] = verified });

        public async Task<int> Count()
        {
            var answer = await _session.SendAsync("WebAuthn.getCredentials", new Dictionary<string, object> { ["authenticatorId"] = _id });
            return answer is JsonElement found ? found.GetProperty("credentials").GetArrayLength() : 0;
        }
    }
}
