namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>The results of one person together: what must be there, what belongs together, what contradicts.</summary>
internal sealed class CompletenessChecks
{
    private const string Height = "9N001000000000001";
    private const string Weight = "9N006000000000001";
    private const string MassIndex = "9N011000000000001";
    private const string MealTime = "9N141000000000011";
    private const string Diagnosis = "9N511000000000049";
    private const string ReasonNotDone = "9N512000000000011";
    private const string Waist = "A";
    private const int Urine = 70;
    private const string Filtration = "8A065000002391901";
    private const string Creatinine = "3C015";
    private const string CreatinineSubject = "3C015161602399911";

    private readonly CheckupDocument _document;
    private readonly CheckupItemTable _table;
    private readonly CheckupNotes _notes;
    private readonly Dictionary<string, CheckupResult> _results = [];

    private CompletenessChecks(CheckupDocument document, CheckupItemTable table, CheckupNotes notes)
    {
        _document = document;
        _table = table;
        _notes = notes;
    }

    public static void Run(CheckupDocument document, CheckupItemTable table, CheckupNotes notes)
    {
        var checks = new CompletenessChecks(document, table, notes);
        checks.Collect();
        checks.Required();
        checks.Methods();
        checks.Dependent();
        checks.Meal();
        checks.Series();
        checks.Doctor();
        checks.Bmi();
    }

    private void Collect()
    {
        foreach (var result in _document.Results)
        {
            if (result.Code.Length > 0 && !_results.TryAdd(result.Code, result))
            {
                _notes.Add(CheckupRules.Repeated, result.Line, ItemChecks.Place(result));
            }
        }
    }

    private bool Has(string code) => _results.ContainsKey(code);

    private CheckupResult? Measured(string code) => _results.TryGetValue(code, out var result) && result.State == CheckupState.Measured ? result : null;

    // A letter is a group of which one is needed; b, c, d (空腹時血糖, 随時血糖, HbA1c) are needed once together. 1 is needed itself.
    // 事業者健診 and 学校健診 let a doctor leave items out for reasons no file records: what is missing there is not a fault we can see.
    private void Required()
    {
        if (_document.Program is not ("010" or "020"))
        {
            return;
        }

        var groups = new SortedDictionary<string, List<CheckupItem>>(StringComparer.Ordinal);
        foreach (var item in _table.Items)
        {
            var word = item.CaseOf(_document.Program) ?? "";
            if (word == "1" && item.DependsOn.Length == 0 && item.Element != "0")
            {
                Single(item);
            }
            else if (Group(word, item) is { } group)
            {
                (groups.TryGetValue(group, out var list) ? list : groups[group] = []).Add(item);
            }
        }

        foreach (var (_, items) in groups)
        {
            OneOf(items);
        }
    }

    private static string? Group(string word, CheckupItem item) =>
        word is "b" or "c" or "d" ? "血糖"
        : word.Length == 1 && char.IsAsciiLetterUpper(word[0]) && item.DependsOn.Length == 0 ? word
        : null;

    private void Single(CheckupItem item)
    {
        if (!_results.TryGetValue(item.Code, out var result))
        {
            _notes.Add(CheckupRules.Missing, place: $"{item.Code} {item.Name}");
        }
        else if (result.State != CheckupState.Measured)
        {
            _notes.Add(CheckupRules.NotDone, result.Line, ItemChecks.Place(result));
        }
    }

    private void OneOf(List<CheckupItem> items)
    {
        var recorded = items.Where(i => Has(i.Code)).ToList();
        var names = string.Join('・', items.Select(i => i.Name).Distinct());
        if (recorded.Count == 0)
        {
            _notes.Add(Excused(items[0]) ? CheckupRules.NotDone : CheckupRules.MissingGroup, place: names);
        }
        else if (recorded.All(i => Measured(i.Code) is null))
        {
            _notes.Add(CheckupRules.NotDone, _results[recorded[0].Code].Line, names);
        }
    }

    // 尿: who could not give any has the reason recorded (測定不可能・検査未実施の理由). 腹囲: a doctor may leave it out below a BMI of 20.
    private bool Excused(CheckupItem item) =>
        (item.Category == Urine && Measured(ReasonNotDone) is not null) || (item.CaseOf("010") == Waist && Number(MassIndex) < 20);

    private void Methods()
    {
        var recorded = _results.Values.Where(r => r.State == CheckupState.Measured).Select(r => (Result: r, Item: _table.Find(r.Code)))
            .Where(p => p.Item is not null && char.IsAsciiLetter((p.Item.CaseOf("010") ?? "0")[0]));
        foreach (var same in recorded.GroupBy(p => p.Item!.Name).Where(g => g.Count() > 1))
        {
            _notes.Add(CheckupRules.TwoMethods, same.Last().Result.Line, same.Key, string.Join('・', same.Select(p => p.Result.Code)));
        }
    }

    private void Dependent()
    {
        foreach (var item in _table.Items.Where(i => i.DependsOn.Length > 0))
        {
            var needed = Measured(item.DependsOn) is { } target && _table.Find(item.DependsOn)?.IsAbnormal(target.Value) == true;
            var word = item.CaseOf(_document.Program) ?? "0";
            if (needed && !Has(item.Code) && (word == "1" || item.Name.EndsWith("(所見)", StringComparison.Ordinal)))
            {
                _notes.Add(word == "1" ? CheckupRules.NoDetail : CheckupRules.NoRemark, _results[item.DependsOn].Line, $"{item.Code} {item.Name}");
            }
            else if (Measured(item.Code) is { } detail && !Has(item.DependsOn))
            {
                _notes.Add(CheckupRules.DetailOnly, detail.Line, ItemChecks.Place(detail), item.DependsOn);
            }
        }
    }

    // Only where the notes of the table say so: 特定健診.
    private void Meal()
    {
        if (_document.Program != "010" || Measured(MealTime) is not { } meal)
        {
            return;
        }

        foreach (var result in _results.Values.Where(r => r.State == CheckupState.Measured))
        {
            var name = _table.Find(result.Code)?.Name ?? "";
            var fasting = name.StartsWith("空腹時", StringComparison.Ordinal);
            if ((fasting && meal.Value != "2") || (name.StartsWith("随時", StringComparison.Ordinal) && meal.Value == "2"))
            {
                _notes.Add(CheckupRules.MealTime, result.Line, ItemChecks.Place(result));
            }
        }
    }

    private void Series()
    {
        foreach (var group in _table.Items.Where(i => i.Relation is "RSON" or "RSON1" or "COMP").GroupBy(i => i.Series))
        {
            var reason = group.Where(i => i.Relation == "RSON").Select(i => Measured(i.Code)).FirstOrDefault(r => r is not null);
            var subject = group.Where(i => i.Relation == "RSON1").Select(i => Measured(i.Code)).FirstOrDefault(r => r is not null);
            if (reason is not null && !group.Any(i => i.Relation == "COMP" && Has(i.Code)))
            {
                _notes.Add(CheckupRules.ReasonOnly, reason.Line, ItemChecks.Place(reason));
            }

            if (subject is { Value: not "0" } && reason is null)
            {
                _notes.Add(CheckupRules.NoReason, subject.Line, ItemChecks.Place(subject));
            }
        }

        var creatinine = _results.Values.FirstOrDefault(r => r.Code.StartsWith(Creatinine, StringComparison.Ordinal) && r.Type == CheckupType.PQ);
        if (Measured(CreatinineSubject) is { Value: not "0" } && creatinine is not null && !Has(Filtration))
        {
            _notes.Add(CheckupRules.NoFiltration, creatinine.Line, ItemChecks.Place(creatinine));
        }
    }

    private void Doctor()
    {
        var needed = _table.Find(Diagnosis)?.CaseOf(_document.Program) == "1";
        if (needed && Measured(Diagnosis) is { Doctor.Length: 0 } diagnosis && !Has(_table.Find(Diagnosis)!.AuthorItem))
        {
            _notes.Add(CheckupRules.NoDoctor, diagnosis.Line, ItemChecks.Place(diagnosis));
        }
    }

    private void Bmi()
    {
        if (Number(Height) is { } height and > 0 && Number(Weight) is { } weight && Number(MassIndex) is { } index)
        {
            var metres = height / 100;
            // Height and weight are themselves rounded to one decimal.
            if (Math.Abs((weight / (metres * metres)) - index) > 0.15m)
            {
                _notes.Add(CheckupRules.Bmi, _results[MassIndex].Line, ItemChecks.Place(_results[MassIndex]));
            }
        }
    }

    private decimal? Number(string code) => Measured(code) is { Type: CheckupType.PQ } result && ItemChecks.Number(result.Value, out var number) && number < 10_000 && number > 0 ? number : null;
}
