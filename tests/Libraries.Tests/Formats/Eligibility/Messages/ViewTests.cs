using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Shape;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>The views against the tables: every message goes through them without losing a value.</summary>
public sealed class ViewTests
{
    // Kind and step of a message → its body view; OQSsiinq01req has no body.
    private static readonly Dictionary<string, Type> Bodies = new()
    {
        ["OQSsiquc01req"] = typeof(QualificationRequest),
        ["OQSsiquc01res"] = typeof(QualificationResult),
        ["OQSsiimm01req"] = typeof(ReferenceRegistration),
        ["OQSsiimm01res"] = typeof(ReferenceRegistrationResult),
        ["OQSmuquc01req"] = typeof(BulkQualificationRequest),
        ["OQSmuimm01req"] = typeof(ReferenceRegistration),
        ["OQSmuimm02res"] = typeof(BulkReferenceResult),
        ["OQSmutic01req"] = typeof(QualificationRequest),
        ["OQSmuhvq01req"] = typeof(QualificationRequest),
        ["OQSmuonq01req"] = typeof(QualificationRequest),
        ["OQSsihvq01req"] = typeof(QualificationRequest),
        ["OQSsihvq01res"] = typeof(QualificationResult),
        ["OQSsionq01req"] = typeof(QualificationRequest),
        ["OQSsionq01res"] = typeof(QualificationResult),
        ["OQSsihvd01req"] = typeof(ConsentCancellation),
        ["OQSsihvd01res"] = typeof(ConsentCancellationResult),
        ["OQSsiinq01res"] = typeof(EnvironmentSettings),
        ["OQSsiupd01req"] = typeof(EnvironmentSettings),
        ["OQSsiupd01res"] = typeof(EnvironmentSettings),
        ["YZKsiquc01req"] = typeof(ViewingRequest),
        ["YZKsiquc01res"] = typeof(DrugInformation),
        ["TKKsiquc01req"] = typeof(ViewingRequest),
        ["TKKsiquc01res"] = typeof(CheckupInformation),
    };

    public static TheoryData<string> Names => [.. OqsShapes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_ThroughItsViews_IsTheSame(string name)
    {
        var shape = OqsShapes.Get(name);
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var message = MessageMaker.Make(shape, Seed.Of(seed, 77));

            var body = message.Root.Find("MessageBody") is null || Body(shape) is not { } type ? null : Read(message, nameof(OqsMessage.ReadBody), type);
            var again = OqsMessage.Of(shape, Read(message, nameof(OqsMessage.ReadHeader), Header(shape)), body);

            Assert.Equal(IndependentReader.Values(message.Root), IndependentReader.Values(again.Root));
        }
    }

    [Fact]
    public void Views_NameElementsOfTheirTables_WithFittingTypes()
    {
        Assert.Equal(["OQSsiinq01req"], OqsShapes.All.Where(s => Body(s) is null).Select(s => s.Name));
        foreach (var shape in OqsShapes.All)
        {
            Assert.Equal([], Faults(Header(shape), shape.Header));
            Assert.Equal([], Body(shape) is { } body ? Faults(body, shape.Body) : []);
        }

        // A header view serves all its messages: what it has is in one of them, what they have is in it.
        Assert.Equal([], Uncovered(typeof(OqsHeader)));
        Assert.Equal([], Uncovered(typeof(ViewingHeader)));
    }

    [Fact]
    public void View_OfAnotherMessage_IsAFault() =>
        Assert.Throws<ArgumentException>(() => OqsMessage.Of(OqsShapes.Get("OQSsiquc01req"), new OqsHeader { ErrorCode = "1" }));

    private static Type Header(OqsShape shape) => shape.Name.StartsWith("OQS", StringComparison.Ordinal) ? typeof(OqsHeader) : typeof(ViewingHeader);

    private static Type? Body(OqsShape shape) => shape.Name[^5..] switch
    {
        "02req" => typeof(BulkDownloadRequest),
        "01res" when shape.IsBulk => typeof(BulkReception),
        _ => Bodies.GetValueOrDefault(shape.Name, shape.IsBulk ? typeof(BulkResult) : null!),
    };

    private static object Read(OqsMessage message, string method, Type view) => typeof(OqsMessage).GetMethod(method)!.MakeGenericMethod(view).Invoke(message, null)!;

    private static List<string> Uncovered(Type view)
    {
        var elements = OqsShapes.All.Where(s => Header(s) == view).SelectMany(s => s.Header.Children).Select(c => c.Name).Where(n => n != "CharacterCodeIdentifier").ToHashSet();
        var properties = OqsView.Of(view).Select(b => b.Property.Name).ToHashSet();
        return [.. elements.Except(properties), .. properties.Except(elements)];
    }

    // A view may serve several messages, so it may have more than one of them; never less (the trip through it shows that), never of another type.
    private static List<string> Faults(Type view, ElementShape shape)
    {
        var faults = new List<string>();
        foreach (var bound in OqsView.Of(view))
        {
            if (shape.Child(bound.Property.Name) is not { } child)
            {
                continue;
            }

            var item = bound.IsWrapped ? child.Child(bound.Type.Name) : child;
            if (item is null || (bound.IsView ? item.Type != ElementType.群 : !Fits(bound.Type, item)) || (bound.IsWrapped && !item.Many) || (!bound.IsList && child.Many))
            {
                faults.Add($"{view.Name}.{bound.Property.Name}");
            }
            else if (bound.IsView)
            {
                faults.AddRange(Faults(bound.Type, item));
            }
        }

        return faults;
    }

    private static bool Fits(Type type, ElementShape shape) => shape.Type switch
    {
        ElementType.文字 or ElementType.保険者番号 => type == typeof(string),
        ElementType.数字 => type == typeof(string) || type == typeof(int),
        ElementType.整数 => type == typeof(int),
        ElementType.数 => type == typeof(decimal),
        ElementType.日 => type == typeof(DateOnly),
        ElementType.日時 => type == typeof(DateTimeOffset),
        ElementType.年月 => type == typeof(YearMonth),
        ElementType.コード => type == typeof(string) || (OqsCodes.Lists.TryGetValue(type, out var list) && list == shape.Codes!.Id),
        _ => false,
    };
}
