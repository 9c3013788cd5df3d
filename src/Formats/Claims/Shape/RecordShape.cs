namespace Sekisho.Formats.Claims.Shape;

/// <summary>The published table of one record in one edition.</summary>
internal sealed class RecordShape
{
    public RecordShape(string id, string name, ItemShape[] items)
    {
        Id = id;
        Name = name;
        Items = items;
    }

    /// <summary>レコード識別情報, two letters.</summary>
    public string Id { get; }

    /// <summary>レコード名, e.g. 傷病名レコード.</summary>
    public string Name { get; }

    /// <summary>All items in order; <c>Items[0]</c> is 項番 1, the record id.</summary>
    public ItemShape[] Items { get; }

    /// <summary>項番 of the first item named <paramref name="name"/>; throws when there is none, because the caller is code.</summary>
    public int Item(string name)
    {
        foreach (var item in Items)
        {
            if (item.Name == name)
            {
                return item.Item;
            }
        }

        throw new ArgumentException($"{Id} に項目「{name}」はありません。", nameof(name));
    }
}
