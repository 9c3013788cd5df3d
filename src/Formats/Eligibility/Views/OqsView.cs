using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Sekisho.Formats.Eligibility.Shape;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Eligibility.Views;

/// <summary>
/// Binds a message to records whose property names are the element names. A list is the element repeated, or, when its name is not that of its
/// record, the element around the repeated ones (ResultList around ResultOfQualificationConfirmation). A value that does not fit is left out:
/// the finding about it is in the reading, the value in the message.
/// </summary>
internal static class OqsView
{
    private static readonly ConcurrentDictionary<Type, Bound[]> Known = [];

    public static T Read<T>(OqsElement element)
        where T : class, new() => (T)Read(element, typeof(T));

    public static OqsElement Write(object view, ElementShape shape)
    {
        var element = new OqsElement(shape.Name);
        foreach (var bound in Of(view.GetType()))
        {
            if (bound.Property.GetValue(view) is { } value and not "")
            {
                var child = shape.Child(bound.Property.Name) ?? throw new ArgumentException($"{shape.Name} に要素 {bound.Property.Name} はありません。", nameof(view));
                Write(element, bound, value, child);
            }
        }

        return element;
    }

    /// <summary>The settable properties of a view.</summary>
    public static Bound[] Of(Type type) => Known.GetOrAdd(type, static t =>
        [.. t.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite).Select(p => new Bound(p))]);

    private static object Read(OqsElement element, Type type)
    {
        var view = Activator.CreateInstance(type)!;
        foreach (var bound in Of(type))
        {
            var name = bound.Property.Name;
            if (bound.IsList)
            {
                var from = bound.IsWrapped ? element.Find(name) : element;
                bound.Property.SetValue(view, List(from, bound.IsWrapped ? bound.Type.Name : name, bound));
            }
            else if (element.Find(name) is { } child && One(child, bound) is { } value)
            {
                bound.Property.SetValue(view, value);
            }
        }

        return view;
    }

    private static IList List(OqsElement? from, string name, Bound bound)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(bound.Type))!;
        foreach (var child in from?.All(name) ?? [])
        {
            if (One(child, bound) is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private static object? One(OqsElement element, Bound bound) => bound.IsView ? Read(element, bound.Type) : Parse(element.Value, bound.Type);

    private static object? Parse(string text, Type type) =>
        type == typeof(string) ? text
        : type.IsEnum ? OqsCodes.Find(type, text)
        : type == typeof(DateOnly) ? CalendarDate.TryParse(text, out var day) ? day.Day : null
        : type == typeof(DateTimeOffset) ? OqsTime.Parse(text)
        : type == typeof(YearMonth) ? YearMonth.TryParse(text, out var month) ? month : null
        : type == typeof(int) ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction) ? fraction : null;

    private static void Write(OqsElement parent, Bound bound, object value, ElementShape shape)
    {
        if (!bound.IsList)
        {
            WriteOne(parent, bound, value, shape);
            return;
        }

        var items = (IEnumerable)value;
        var wrapper = bound.IsWrapped ? new OqsElement(shape.Name) : parent;
        foreach (var item in items)
        {
            WriteOne(wrapper, bound, item, bound.IsWrapped ? shape.Child(bound.Type.Name)! : shape);
        }

        if (bound.IsWrapped && wrapper.Children.Count > 0)
        {
            parent.Add(wrapper);
        }
    }

    private static void WriteOne(OqsElement parent, Bound bound, object value, ElementShape shape) =>
        _ = bound.IsView ? parent.Add(Write(value, shape)) : parent.Add(shape.Name, Format(value, shape));

    private static string Format(object value, ElementShape shape) => value switch
    {
        string text => text,
        Enum code => OqsCodes.Code(code),
        DateOnly day => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        DateTimeOffset time => OqsTime.Write(time),
        int number => number.ToString(shape.Type == ElementType.数字 ? $"D{shape.Length}" : "D", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>One property and what it is made of.</summary>
    internal sealed class Bound
    {
        public Bound(PropertyInfo property)
        {
            Property = property;
            IsList = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            var inner = IsList ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            Type = Nullable.GetUnderlyingType(inner) ?? inner;
            IsView = Type.IsClass && Type != typeof(string);
            IsWrapped = IsList && IsView && Type.Name != property.Name;
        }

        public PropertyInfo Property { get; }

        public Type Type { get; }

        public bool IsList { get; }

        public bool IsView { get; }

        public bool IsWrapped { get; }
    }
}
