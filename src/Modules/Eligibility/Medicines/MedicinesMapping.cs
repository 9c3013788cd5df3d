using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Messages;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>Between YZKsiquc01 and what the module asks and answers. Decides nothing: what may be shown is decided before.</summary>
internal static class MedicinesMapping
{
    // 入外区分 is not published: our own (推定).
    private const string In = "1";
    private const string Out = "2";

    public static MedicinesQuery Query(OqsMessage request, ViewingRequest asked)
    {
        var header = request.ReadHeader<ViewingHeader>();
        return new MedicinesQuery
        {
            Card = new CardKeys
            {
                Insurer = header.InsurerNumber,
                Symbol = header.InsuranceCardSymbol,
                Number = header.InsuredPersonIdentificationNumber,
                Branch = header.BranchNumber,
            },
            From = asked.StartDate,
            Until = asked.EndDate,
            Care = asked.MedicalTreatmentFlag is { } kind ? (CareForm)(int)kind : CareForm.Outpatient,
        };
    }

    /// <summary>The result file. 処方・調剤 of 電子処方箋 stand in it without content: there are none of them here.</summary>
    public static byte[] Write(MessageRequest request, MedicinesAnswer answer)
    {
        var header = new ViewingHeader
        {
            ResultCode = "1",
            ArbitraryFileIdentifier = request.Message.ReadHeader<ViewingHeader>().ArbitraryFileIdentifier,
            QuaInf = new QuaInf
            {
                Name = answer.Name,
                KanaName = HalfWidth.Of(answer.Kana),
                Birth = answer.Birth,
                AdmGendCode = OqsCodes.Find<Sex>(answer.Sex),
            },
        };
        var items = answer.Drugs.Cast<GivenItem>().Concat(answer.Services);
        var body = new DrugInformation { MeTrMonthInf = [.. items.GroupBy(i => (i.Month, i.Inpatient, i.Place)).Select(Month)] };
        var message = OqsMessage.Of(OqsShapes.Get("YZKsiquc01res"), header, body);
        message.Body.Add(new OqsElement("ShPrInf")).Add(new OqsElement("CzDiInf"));
        var written = OqsWriter.Write(OqsWriter.Masked(message, request.Encoding), request.Encoding);
        return written.Bytes ?? throw new InvalidOperationException(written.Findings[0].Message);
    }

    private static MeTrMonthInf Month(IGrouping<(Formats.Identifiers.YearMonth Month, bool Inpatient, MedicinePlace Place), GivenItem> of) => new()
    {
        MeTrDiHCd = of.Key.Place.Code,
        PrlsHCd = of.Key.Place.Code,
        MeTrDiHNm = of.Key.Place.Name,
        MeTrMonth = of.Key.Month,
        PrlsHNm = of.Key.Place.Name,
        InOut = of.Key.Inpatient ? In : Out,
        DiDateInfs = [.. of.GroupBy(i => i.Day).Select(Day)],
    };

    private static DiDateInf Day(IGrouping<DateOnly?, GivenItem> of) => new()
    {
        DiDate = of.Key,
        PrDate = of.Key,
        DrugInfs = [.. of.OfType<GivenDrug>().Where(d => !d.Superseded).Select(Drug)],
        MeTrInfs = [.. of.OfType<DoneService>().Select(Service)],
    };

    private static DrugInf Drug(GivenDrug drug) => new()
    {
        DrugC = drug.Code,
        DrugN = drug.Name,
        Qua1 = drug.Quantity,
        Times = drug.Times,
        IngreN = drug.GenericName,
        MeTrIdCl = Section(drug),
        Unit = drug.Unit,
    };

    private static MeTrInf Service(DoneService service) => new()
    {
        SinInfN = service.Name,
        SinInfCd = service.Code,
        MeTrIdCl = Section(service),
        Qua1 = service.Quantity,
        Times = service.Times,
    };

    private static string Section(GivenItem item) => item.Section.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
}
