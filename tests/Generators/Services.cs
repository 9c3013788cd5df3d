namespace Sekisho.Generators;

/// <summary>What was done in a month, and on which days for whom.</summary>
internal sealed class Services
{
    private readonly Seed _seed;
    private readonly Patient _patient;
    private readonly List<Service> _list = [];
    private readonly SortedDictionary<int, int> _bearers = [];

    private Services(Seed seed, Patient patient)
    {
        _seed = seed;
        _patient = patient;
    }

    /// <summary>First day of the stay or of treatment in this month.</summary>
    public int FirstDay => _bearers.Keys.First();

    /// <summary>Begins with 初診 in this month: no disease is older.</summary>
    public bool New { get; private init; }

    /// <summary>Days without 初診・再診 of their own: they do not count as 実日数.</summary>
    public HashSet<int> Uncounted { get; } = [];

    /// <summary>In the order of 診療識別.</summary>
    public IReadOnlyList<Service> List => _list;

    public static Services Make(Seed seed, Patient patient, long donation)
    {
        var made = new Services(seed, patient) { New = !patient.Inpatient && seed.In100(30) };
        if (patient.Inpatient)
        {
            made.Stay();
        }
        else
        {
            made.Visits();
        }

        made.Treat();
        if (donation > 0)
        {
            made.Add(new Service("50", made._bearers[made.FirstDay], (made.FirstDay, 1)).Procedure(Codes.Donation).Worth(donation));
        }

        made.Corrections();
        made._list.Sort((a, b) => string.CompareOrdinal(a.Section, b.Section) is var order && order != 0 ? order : a.Days[0].Day - b.Days[0].Day);
        return made;
    }

    /// <summary>Points that a payer bears.</summary>
    public long Points(int bearer) => _list.Where(s => !s.IsMeal && (s.Mask & bearer) != 0).Sum(s => s.Total);

    /// <summary>Meals that a payer bears: how many and how much.</summary>
    public (long Times, long Yen) Meals(int bearer)
    {
        var meals = _list.Where(s => s.IsMeal && (s.Mask & bearer) != 0).ToList();
        return (meals.Sum(s => (long)s.Times), meals.Sum(s => s.Total));
    }

    /// <summary>Days on which something was done for that payer.</summary>
    public int[] Days(int bearer) => [.. _list.Where(s => (s.Mask & bearer) != 0 && s.Counts).SelectMany(s => s.Days).Select(d => d.Day).Distinct().Order()];

    private void Add(Service service) => _list.Add(service);

    private void Stay()
    {
        var first = _seed.From(1, 20);
        var last = _seed.From(first, _patient.LastDay.Day);
        for (var day = first; day <= last; day++)
        {
            _bearers[day] = _patient.All;
        }

        var days = Enumerable.Range(first, last - first + 1).Select(d => (d, 1)).ToArray();
        Add(new Service("90", _patient.All, days).Procedure(Codes.Stay).Worth(_seed.Of(1688, 1566, 955)));
        if (_seed.In100(30))
        {
            Add(new Service("90", _patient.All, (first, 1)).Procedure(Codes.Ward).Worth(0));
        }

        if (_seed.In100(20))
        {
            Add(new Service("92", _patient.All, days[0]).Procedure(Codes.Special).Worth(450));
        }

        if (_seed.In100(85))
        {
            var meals = days.Select(d => (d.d, d.d == first || d.d == last ? _seed.From(1, 3) : 3)).ToArray();
            Add(new Service("97", _patient.All, meals).Procedure(Codes.Meal).Worth(_seed.Of(670, 690)));
        }
    }

    private void Visits()
    {
        var days = _seed.Some(_seed.Of(1, 1, 1, 2, 2, 3, 4), 1, _patient.LastDay.Day);
        foreach (var day in days)
        {
            _bearers[day] = day == days[0] || _seed.In100(70) ? _patient.All : Subset(_patient.All);
        }

        if (New)
        {
            Add(new Service("11", _bearers[days[0]], (days[0], 1)).Procedure(Codes.First).Worth(_seed.Of(288, 291)));
        }

        foreach (var group in days.Skip(New ? 1 : 0).GroupBy(d => _bearers[d]))
        {
            var times = group.Select(d => (d, 1)).ToArray();
            Add(new Service("12", group.Key, times).Procedure(Codes.Again).Worth(75));
            if (_seed.In100(50))
            {
                Add(new Service("12", group.Key, times).Procedure(Codes.Management).Worth(52));
            }
        }

        if (days.Length > 1 && days[^1] < _patient.LastDay.Day && _seed.In100(10))
        {
            // Someone comes for the medicine only.
            _bearers[days[^1] + 1] = _bearers[days[^1]];
            Uncounted.Add(days[^1] + 1);
            Add(new Service("80", _bearers[days[^1]], (days[^1] + 1, 1)).Procedure(Codes.Supply).Worth(_seed.From(5, 60)));
        }
    }

    private void Treat()
    {
        var treatments = new Treatments(_seed, Some);
        foreach (var service in _patient.Inpatient ? treatments.OfStay() : treatments.OfVisit())
        {
            Add(service);
        }
    }

    // One or several days, and who bears what is done on all of them.
    private (int Bearers, int[] Days) Some(int most)
    {
        var all = _bearers.Keys.Where(d => !Uncounted.Contains(d)).ToArray();
        var days = _seed.Some(_seed.From(1, Math.Min(most, all.Length)), 0, all.Length - 1).Select(i => all[i]).ToArray();
        var bearers = days.Aggregate(_patient.All, (mask, day) => mask & _bearers[day]);
        return (_seed.In100(30) ? Part(bearers, _seed.In100(50)) : bearers, days);
    }

    private int Subset(int mask) => (mask & (int)(_seed.Bits() & 31)) | Bearers.First(_patient.All);

    // Some things are borne by 公費 alone, also where there is an insurance.
    private int Part(int mask, bool free) => free && (mask & (int)(_seed.Bits() & 31)) is > 0 and var part ? part : Subset(mask);

    // 薬剤料減点: less than what there is, so that nobody's sum becomes negative.
    private void Corrections()
    {
        var drugs = _list.Find(s => s.Section == "21" && s.Total > 100);
        if (drugs is not null && _seed.In100(25))
        {
            Add(new Service("39", drugs.Mask, (drugs.Days[0].Day, 1)).Procedure(Codes.Reduction).Worth(-_seed.From(1, 20)));
        }
    }
}
