using Sekisho.Formats.Claims.Checks;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>What kind of claim it is and of whom: RE and the payers' head records, read once. What cannot be read is said by the shape and stays unknown here.</summary>
internal sealed class Facts
{
    private const int LastYear = 9000;
    private readonly int[] _payerRows = new int[Bearers.Payers];

    /// <summary>レセプト種別 is one of 別表5.</summary>
    public bool HasKind { get; private set; }

    /// <summary>2nd digit: 1 医保・国保, 2 公費, 3 後期高齢者, 4 退職者; 0 when unknown.</summary>
    public int Insurance { get; private set; }

    /// <summary>4th digit, 0 read as 10: 1・2 本人, 3・4 未就学者, 5・6 家族, 7・8 高齢受給者一般, 9・10 高齢受給者7割; 0 when unknown.</summary>
    public int Person { get; private set; }

    /// <summary>入院レセプト.</summary>
    public bool Inpatient => Person % 2 == 1;

    /// <summary>入院外レセプト.</summary>
    public bool Outpatient => HasKind && Person % 2 == 0;

    /// <summary>HO and KO are as many as レセプト種別 says.</summary>
    public bool FitsKind { get; private set; }

    /// <summary>Payers that are recorded: bit 0 医保, bits 1–4 公費.</summary>
    public byte Payers { get; private set; }

    /// <summary>診療年月 can be read.</summary>
    public bool HasMonth { get; private set; }

    /// <summary>診療年月.</summary>
    public YearMonth Month { get; private set; }

    /// <summary>生年月日 can be read.</summary>
    public bool HasBirth { get; private set; }

    /// <summary>生年月日.</summary>
    public DateOnly Birth { get; private set; }

    /// <summary>Both can be read and an age can be told without leaving the calendar.</summary>
    public bool HasAge => HasMonth && HasBirth && Birth.Year < LastYear && Month.Year < LastYear;

    /// <summary>国民健康保険 (six digits) or 退職者医療 (法別67).</summary>
    public bool National { get; private set; }

    /// <summary>法別番号 of 保険者番号; 0 for 国保 and when unknown.</summary>
    public int InsuranceLaw { get; private set; }

    /// <summary>保険者番号 can be read.</summary>
    public bool HasInsurer { get; private set; }

    /// <summary>The claim came back once (検索番号).</summary>
    public bool Resubmitted { get; private set; }

    /// <summary>Row of a payer: 0 医保, 1–4 公費; -1 when there is none.</summary>
    public int PayerRow(int payer) => _payerRows[payer];

    /// <summary>Reads the claim.</summary>
    public void Read(ClaimView claim)
    {
        HasMonth = claim.TryTreatmentMonth(out var month);
        Month = month;
        HasBirth = Dates.TryDay(claim[0, RE.生年月日], out var birth, out _);
        Birth = birth;
        Resubmitted = !claim[0, RE.検索番号].IsEmpty;
        ReadPayers(claim);
        ReadKind(claim);
        ReadInsurer(claim);
    }

    private void ReadPayers(ClaimView claim)
    {
        Array.Fill(_payerRows, -1);
        Payers = 0;
        if (claim.Insurer >= 0)
        {
            _payerRows[0] = claim.Insurer;
            Payers |= Bearers.Insurance;
        }

        var at = 0;
        foreach (var row in claim.Of(RecordKey.KO))
        {
            if (++at < Bearers.Payers)
            {
                _payerRows[at] = row;
                Payers |= (byte)(1 << at);
            }
        }
    }

    private void ReadKind(ClaimView claim)
    {
        var kind = claim[0, RE.レセプト種別];
        HasKind = claim.Plan(0).Items[RE.レセプト種別 - 1].Codes is { } codes && codes.Contains(kind, claim.Month);
        if (!HasKind)
        {
            (Insurance, Person, FitsKind) = (0, 0, false);
            return;
        }

        Insurance = kind[1] - '0';
        Person = kind[3] == '0' ? 10 : kind[3] - '0';
        var third = kind[2] - '0';
        FitsKind = Insurance == 2
            ? claim.Insurers == 0 && claim.Publics == third
            : claim.Insurers > 0 && claim.Publics == third - 1;
    }

    private void ReadInsurer(ClaimView claim)
    {
        (HasInsurer, National, InsuranceLaw) = (false, false, 0);
        if (claim.Insurer < 0)
        {
            return;
        }

        var number = claim[claim.Insurer, HO.保険者番号];
        var digits = number.TrimStart((byte)' ');
        // There is no 法別番号 00: two zeros in front of six digits are padding, as spaces are.
        digits = digits.Length == 8 && digits.StartsWith("00"u8) ? digits[2..] : digits;
        HasInsurer = number.Length == 8 && digits.Length is 6 or 8 && AsciiDigits.Are(digits);
        if (HasInsurer)
        {
            InsuranceLaw = Number.Law(digits);
            National = digits.Length == 6 || InsuranceLaw == 67;
        }
    }
}
