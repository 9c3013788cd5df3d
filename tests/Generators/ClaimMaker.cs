namespace Sekisho.Generators;

/// <summary>Writes one claim as records: who, who pays, why, what was done, and for 移植 what was done to the donor.</summary>
internal sealed class ClaimMaker
{
    private readonly Seed _seed;
    private readonly Patient _patient;
    private readonly Calendar _calendar;
    private readonly Services _services;
    private readonly List<Row> _donors;
    private readonly List<Row> _rows = [];

    private ClaimMaker(Seed seed, Patient patient, Calendar calendar)
    {
        _seed = seed;
        _patient = patient;
        _calendar = calendar;
        var donor = patient.Inpatient && !patient.Child && seed.In100(8) ? Donors.Make(seed, patient, calendar) : null;
        _donors = donor?.Rows ?? [];
        _services = Services.Make(seed, patient, donor?.Points ?? 0);
    }

    /// <summary>診療年月 from which SN, JD and MF are recorded.</summary>
    public static DateOnly Confirmation { get; } = new(2021, 9, 1);

    public static List<Row> Make(Seed seed, Patient patient, Calendar calendar, int number)
    {
        var maker = new ClaimMaker(seed, patient, calendar);
        var income = maker.Common(number);
        maker.Payers();
        if (patient.Month >= Confirmation && seed.In100(70))
        {
            maker.Confirmed(income);
        }

        maker.Reasons();
        maker._rows.AddRange(maker._services.List.SelectMany(s => s.Rows));
        maker.Details();
        maker._rows.AddRange(maker._donors);
        return maker._rows;
    }

    // Gives back the 所得区分, empty when it is not said.
    private string Common(int number)
    {
        var (name, kana) = Words.Person(_seed, _patient.Man);
        var income = Income();
        var row = new Row("RE")
            .With(2, number)
            .With(3, _patient.Kind)
            .With(4, _calendar.Month(_patient.Month))
            .With(5, name)
            .With(6, _patient.Man ? "1" : "2")
            .With(7, _calendar.Day(_patient.Birth))
            .With(8, Share())
            .With(12, income)
            .With(14, _seed.In100(70) ? Numbers.Digits(_seed, 6) : "")
            .With(21, _seed.In100(5) ? "窓口１" : "")
            .With(37, _seed.In100(80) ? kana : "");
        if (_patient.Inpatient)
        {
            row.With(9, _calendar.Day(Admission())).With(10, _seed.Of("", "", "", "01", "02", "07"));
            row.With(11, income != "30" ? "" : _patient.Senior ? "3" : "1");
        }
        else if (_seed.In100(20))
        {
            row.With(22, "01").With(23, _seed.Of("", "005")).With(27, _seed.Of("", "10"));
        }

        var age = _patient.Month.Year - _patient.Birth.Year;
        row.With(38, !_patient.Man && age is > 20 and < 40 && _seed.In100(10) ? "001" : "");
        _rows.Add(row);
        return income;
    }

    private string Share() => !_patient.SaysShare ? "" : _patient.Child || _patient.Kind[3] is '7' or '8' ? "80" : "70";

    // ア to オ, and for 70 and older what these letters mean for them; 後期 has 区カ and 区キ since 2022-10.
    private string Income()
    {
        if (_patient.Insurer is null || (!_patient.Senior && !(_patient.Inpatient && _seed.In100(40))))
        {
            return "";
        }

        return _patient switch
        {
            { Senior: true, Kind: [.., '9' or '0'] } => _seed.Of("26", "27", "28"),
            { Elder: true } when _patient.Month >= new DateOnly(2022, 10, 1) => _seed.Of("41", "42", "42", "30"),
            { Senior: true } => _seed.Of("29", "29", "30"),
            _ => _seed.Of("26", "27", "28", "29", "30"),
        };
    }

    // Who came in before this month is in bed from its first day on.
    private DateOnly Admission()
    {
        var first = new DateOnly(_patient.Month.Year, _patient.Month.Month, _services.FirstDay);
        var earliest = Math.Max(_patient.Birth.DayNumber, first.DayNumber - 90);
        return first.Day == 1 ? DateOnly.FromDayNumber(_seed.From(earliest, first.DayNumber)) : first;
    }

    private void Payers()
    {
        if (_patient.Insurer is { } insurer)
        {
            var row = new Row("HO").With(2, insurer).With(5, Days(Bearers.Insurer)).With(6, _services.Points(Bearers.Insurer));
            Insured(row);
            Meals(row, 8, Bearers.Insurer);
            if (_services.Points(Bearers.Insurer) > 0 && _seed.In100(5))
            {
                row.With(12, _services.Points(Bearers.Insurer) * 3);
            }

            _rows.Add(row);
        }

        for (var i = 0; i < _patient.Laws.Length; i++)
        {
            var bearer = 2 << i;
            var points = _services.Points(bearer);
            var row = new Row("KO")
                .With(2, Numbers.PublicPayer(_seed, _patient.Laws[i], _patient.Prefecture))
                .With(3, _patient.Laws[i] == "30" ? "" : Numbers.Recipient(_seed))
                .With(5, Days(bearer))
                .With(6, points)
                .With(7, _seed.In100(20) ? Row.Text(Math.Min(points, 2500)) : "");
            Meals(row, 11, bearer);
            _rows.Add(row);
        }
    }

    private int Days(int bearer) => _services.Days(bearer).Count(d => !_services.Uncounted.Contains(d));

    private void Insured(Row row)
    {
        if (_patient.Elder)
        {
            row.With(4, Numbers.Digits(_seed, 8));
        }
        else if (_seed.In100(60))
        {
            row.With(3, Numbers.Digits(_seed, 8)).With(4, Numbers.Digits(_seed, _seed.From(1, 6)));
        }
        else
        {
            row.With(3, _seed.Of("", "見本", "架空１２")).With(4, Calendar.Wide(Numbers.Digits(_seed, 4)));
        }
    }

    private void Meals(Row row, int item, int bearer)
    {
        if (_services.Meals(bearer) is { Times: > 0 } meals)
        {
            row.With(item, meals.Times).With(item + 1, meals.Yen);
        }
    }

    // 受診日等 has the days of each payer; 資格確認 is of the insurance only.
    private void Confirmed(string income)
    {
        if (_patient.Insurer is not null)
        {
            _rows.Add(new Row("SN").With(2, "1").With(3, "01").With(7, _patient.Elder ? "" : "0" + _seed.Of("0", "1", "2")));
        }

        for (var bearer = 1; bearer <= _patient.All; bearer <<= 1)
        {
            if ((_patient.All & bearer) != 0)
            {
                var row = new Row("JD").With(2, 1 + int.Log2(bearer));
                foreach (var day in _services.Days(bearer))
                {
                    row.With(2 + day, _services.Uncounted.Contains(day) ? "2" : "1");
                }

                _rows.Add(row);
            }
        }

        _rows.Add(new Row("MF").With(2, _patient.Inpatient && income.Length > 0 ? "01" : "00"));
    }

    private void Reasons()
    {
        if (_patient.Inpatient && _seed.In100(20))
        {
            _rows.Add(new Row("GR").With(2, _seed.Of("04", "05", "06")));
        }

        _rows.AddRange(Diseases(_seed, _calendar, _patient.Birth, new DateOnly(_patient.Month.Year, _patient.Month.Month, _services.FirstDay), _services.New));
    }

    /// <summary>One to five diseases, the first of them 主傷病. With 初診 they all begin on that day.</summary>
    public static IEnumerable<Row> Diseases(Seed seed, Calendar calendar, DateOnly birth, DateOnly day, bool fresh)
    {
        for (int i = 0, count = seed.From(1, 4); i < count; i++)
        {
            var start = fresh ? day : DateOnly.FromDayNumber(seed.From(Math.Max(birth.DayNumber, day.DayNumber - 1000), day.DayNumber));
            var row = new Row("SY").With(3, calendar.Day(start)).With(4, seed.Of("1", "1", "1", "1", "2", "4")).With(7, i == 0 ? "01" : "");
            if (seed.In100(15))
            {
                row.With(2, Codes.Uncoded).With(6, "架空病の疑い");
            }
            else
            {
                row.With(2, seed.Of<string>(Codes.Diseases)).With(5, seed.In100(30) ? string.Concat(seed.Some(2, 0, 4).Select(m => Codes.Modifiers[m])) : "");
            }

            yield return row.With(8, seed.In100(4) ? Words.Paragraph(seed, 20) : "");
        }
    }

    private void Details()
    {
        if (!_seed.In100(8))
        {
            return;
        }

        foreach (var section in (string[])["01", "03"])
        {
            for (int i = 0, count = _seed.From(1, 3); i < count; i++)
            {
                _rows.Add(new Row("SJ").With(2, i == 0 ? section : "").With(3, Words.Paragraph(_seed, 400)));
            }
        }
    }
}
