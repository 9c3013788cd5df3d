using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Help;

/// <summary>The permission matrix, as it runs.</summary>
[OpenToAll("権限の表。個人情報を含まない。")]
[NotAudited("公開の説明。")]
[Classified(Classification.Public)]
internal sealed class PermissionsModel(IPeople people) : SitePage
{
    public IReadOnlyList<PermissionRow> Rows => people.Matrix;
}
