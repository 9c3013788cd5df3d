using System.Globalization;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Generators.Checkups;

/// <summary>特定健診 of one person who does not exist: everything that must be there, and some of what may be, free of findings.</summary>
internal sealed class CheckupMaker
{
    private static readonly string[] Questions =
    [
        "9N716", "9N721", "9N726", "9N731", "9N741", "9N746", "9N751", "9N756", "9N872", "9N766", "9N771", "9N782", "9N781", "9N786", "9N791", "9N796", "9N801", "9N808",
    ];

    private readonly Seed _seed;
    private readonly CheckupItemTable _table = CheckupItemTable.Default;
    private readonly List<CheckupResult> _results = [];
    private readonly bool _man;
    private readonly int _drift;
    private string _section = "01010";
    private int _series;

    private CheckupMaker(Seed seed, bool man, int drift)
    {
        _seed = seed;
        _man = man;
        _drift = drift;
    }

    /// <summary>The results of one visit.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="man">Sex.</param>
    /// <param name="drift">Years since the first visit: values grow slowly.</param>
    public static IReadOnlyList<CheckupResult> Make(Seed seed, bool man, int drift)
    {
        var maker = new CheckupMaker(seed, man, drift);
        maker.Body();
        maker.Examination();
        maker.Blood();
        maker.Urine();
        maker.Details();
        maker.Judgement();
        maker.Questionnaire();
        maker.Extra();
        return maker._results;
    }

    private void Body()
    {
        var height = _seed.From(_man ? 1580 : 1460, _man ? 1840 : 1700) / 10m;
        var weight = (_seed.From(_man ? 520 : 400, _man ? 950 : 800) + (_drift * 5)) / 10m;
        Number("9N001000000000001", height);
        Number("9N006000000000001", weight);
        Number("9N011000000000001", decimal.Round(weight / (height * height / 10_000), 1), 18.5m, 24.9m);
        Number(_seed.Of("9N016160100000001", "9N016160100000001", "9N016160200000001", "9N016160300000001"), (_seed.From(600, 1050) + (_drift * 5)) / 10m, 40m, _man ? 84.9m : 89.9m);
    }

    private void Examination()
    {
        Remark("9N056000000000011", "9N056160400000049", 20);
        Remark("9N061000000000011", "9N061160800000049", 10);
        Remark("9N066000000000011", "9N066160800000049", 5);
        var systolic = _seed.From(95, 155) + _drift;
        var diastolic = systolic - _seed.From(35, 60);
        var twice = _seed.In100(30);
        Number(twice ? "9A751000000000001" : "9A755000000000001", systolic, 60, 139);
        Number(twice ? "9A761000000000001" : "9A765000000000001", diastolic, 30, 89);
        if (twice)
        {
            Number("9A752000000000001", systolic - _seed.From(0, 8), 60, 139);
            Number("9A762000000000001", Math.Max(40, diastolic - _seed.From(0, 6)), 30, 89);
        }
    }

    private void Blood()
    {
        var fasting = _seed.In100(80);
        Code("9N141000000000011", fasting ? "2" : _seed.Of("3", "4"));
        Number((fasting ? "3F0150000023" : "3F0151299023") + _seed.Of("27101", "27201", "99901"), _seed.From(40, 320), 30, 149);
        Number("3F0700000023" + _seed.Of("27101", "27201", "99901"), _seed.From(32, 95), 40, 119);
        Number(_seed.Of("3F077000002327101", "3F077000002327201", "3F077000002399901", "3F077000002391901", "3F069000002391901"), _seed.From(70, 190), 60, 119);
        Number("3B0350000023" + _seed.Of("27201", "99901"), _seed.From(12, 60), 4, 30);
        Number("3B0450000023" + _seed.Of("27201", "99901"), _seed.From(8, 70), 4, 30);
        Number("3B0900000023" + _seed.Of("27101", "99901"), _seed.From(10, 120), 4, 50);
        if (fasting)
        {
            Number(_seed.Of("3D010000001926101", "3D010000002227101", "3D010000001927201", "3D010000001999901"), _seed.From(76, 140) + _drift, 60, 99);
        }

        if (!fasting || _seed.In100(60))
        {
            Number(_seed.Of("3D046000001906202", "3D046000001920402", "3D046000001927102", "3D046000001999902"), (_seed.From(48, 72) + _drift) / 10m, 4.6m, 5.5m);
        }
    }

    private void Urine()
    {
        Code(_seed.Of("1A020000000191111", "1A020000000190111"), _seed.Of("1", "1", "1", "2", "3"));
        Code(_seed.Of("1A010000000191111", "1A010000000190111"), _seed.Of("1", "1", "1", "2", "3"));
    }

    // 詳細な健診: each as one series with its reason.
    private void Details()
    {
        if (_seed.In100(40))
        {
            _series++;
            Number("3C0150000023" + _seed.Of("27101", "99901"), _seed.From(45, 140) / 100m, 0.4m, 1.1m, _series, "COMP");
            Code("3C015161602399911", "1", _series, "RSON");
            Text("3C015161002399949", "血圧が基準を超えたため（架空）", _series, "RSON");
            Number("8A065000002391901", _seed.From(380, 1050) / 10m, series: _series, relation: "COMP");
        }

        if (_seed.In100(30))
        {
            _series++;
            Number("2A040000001930102", _seed.From(330, 500) / 10m, 35m, 50m, _series, "COMP");
            Number("2A030000001930101", _seed.From(105, 170) / 10m, _man ? 13.1m : 12.1m, 17.9m, _series, "COMP");
            Number("2A020000001930101", _seed.From(360, 550), 350, 580, _series, "COMP");
            Text("2A020161001930149", "貧血の既往があるため（架空）", _series, "RSON");
        }

        if (_seed.In100(25))
        {
            _series++;
            var found = _seed.In100(30);
            Code("9A110160700000011", found ? "1" : "2", _series, "COMP");
            if (found)
            {
                Text("9A110160800000049", "軽い所見（架空）", _series, "COMP");
            }

            Code("9A110161600000011", "1", _series, "RSON");
            Text("9A110161000000049", "血圧が基準を超えたため（架空）", _series, "RSON");
        }
    }

    private void Judgement()
    {
        Code("9N501000000000011", _seed.Of("1", "2", "3", "3", "3"));
        Code("9N506000000000011", _seed.Of("1", "2", "3", "3", "3"));
        Text("9N511000000000049", _seed.Of("異常を認めません（架空）", "経過を見ます（架空）", "生活習慣の見直しを勧めます（架空）"));
        _results[^1] = _results[^1] with { Doctor = "見本　医師" };
    }

    private void Questionnaire()
    {
        Code("9N701000000000011", _seed.Of("1", "2", "2"));
        Code("9N706000000000011", _seed.Of("1", "2", "2", "2"));
        Code("9N711000000000011", _seed.Of("1", "2", "2"));
        Code("9N736000000000011", _seed.Of("1", "2", "3", "3"));
        foreach (var question in Questions.Select(q => q + "000000000011").Where(_ => _seed.In100(95)))
        {
            Code(question, _seed.Of<string>(_table.Find(question)!.Codes.Select(c => c.Code).ToList()));
        }
    }

    private void Extra()
    {
        _section = "01990";
        if (_seed.In100(50))
        {
            Number("3C0200000023" + _seed.Of("27101", "99901"), _seed.From(25, 95) / 10m, 2m, 7m);
        }
    }

    private void Remark(string code, string detail, int percent)
    {
        var some = _seed.In100(percent);
        Code(code, some ? "1" : "2");
        if (some)
        {
            Text(detail, _seed.Of("架空の既往", "架空の症状", "特記すべき架空の所見"));
        }
    }

    private void Number(string code, decimal value, decimal? low = null, decimal? high = null, int series = 0, string relation = "")
    {
        var item = Item(code);
        _results.Add(new CheckupResult(code, item.Name, CheckupType.PQ, Text(value, item))
        {
            Unit = item.Ucum,
            Method = item.MethodCode,
            Section = _section,
            Series = series,
            Relation = relation,
            Low = low is { } l ? Text(l, item) : "",
            High = high is { } h ? Text(h, item) : "",
            Interpretation = high is null ? "" : value > high ? "H" : value < low ? "L" : "N",
        });
    }

    // As many decimals as the table has.
    private static string Text(decimal value, CheckupItem item)
    {
        var point = item.Format.IndexOf('.', StringComparison.Ordinal);
        return value.ToString("F" + (point < 0 ? 0 : item.Format.Length - point - 1), CultureInfo.InvariantCulture);
    }

    private void Code(string code, string value, int series = 0, string relation = "")
    {
        var item = Item(code);
        _results.Add(new CheckupResult(code, item.Name, item.Type, value) { CodeSystem = item.CodeSystem, Method = item.MethodCode, Section = _section, Series = series, Relation = relation });
    }

    private void Text(string code, string value, int series = 0, string relation = "") =>
        _results.Add(new CheckupResult(code, Item(code).Name, CheckupType.ST, value) { Section = _section, Series = series, Relation = relation });

    private CheckupItem Item(string code) => _table.Find(code) ?? throw new InvalidOperationException(code);
}
