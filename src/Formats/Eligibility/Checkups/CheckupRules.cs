namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Every finding about 特定健診 packages, in order. Read this list as the specification of what is examined.</summary>
public static class CheckupRules
{
    private const string Container = "電子的な標準様式（ZIP 格納）";
    private const string Shape = "XSD V08";
    private const string Header = "CDA V08 ヘッダー";
    private const string Table = "健診項目表（第4期）";
    private const string Settlement = "決済情報 V08";
    private const string Site = "この受付の定め";

    internal static readonly CheckupRule ZipUnreadable = new("EH-0001", CheckupLevel.Package, "ZIP として読めません", Container, "送り直すか、作成したソフトで作り直してください。");
    internal static readonly CheckupRule TooManyEntries = new("EH-0002", CheckupLevel.Package, "ファイルの数が上限を超えています", Site, "上限以内に分けて送ってください。");
    internal static readonly CheckupRule TooLarge = new("EH-0003", CheckupLevel.Package, "展開後の大きさの合計が上限を超えています", Site, "上限以内に分けて送ってください。");
    internal static readonly CheckupRule BadRatio = new("EH-0004", CheckupLevel.File, "圧縮の割合が異常です", Site, "通常の方法で圧縮し直してください。");
    internal static readonly CheckupRule BadPath = new("EH-0005", CheckupLevel.File, "ファイルの置き場所の名前が正しくありません", Container, "ルートフォルダーの下に DATA、CLAIMS、XSD だけを置いてください。");
    internal static readonly CheckupRule Encrypted = new("EH-0006", CheckupLevel.File, "暗号化（パスワード）されています", Container, "パスワードを付けずに作り直してください。経路は別に保護されています。");
    internal static readonly CheckupRule Nested = new("EH-0007", CheckupLevel.File, "書庫の中に書庫があります", Container, "中の書庫は読みません。展開したファイルを入れてください。");
    internal static readonly CheckupRule OneRoot = new("EH-0008", CheckupLevel.Package, "ルートフォルダーが一つではありません", Container, "一つの送付につき一つのルートフォルダーにしてください。");
    internal static readonly CheckupRule RootName = new("EH-0009", CheckupLevel.Notice, "ルートフォルダーの名前が「送付元10桁_送付先8桁_年月日と通番_実施区分」ではありません", Container, "中の ix08_V08.xml の値を使いました。作成したソフトの設定を確認してください。");
    internal static readonly CheckupRule RootDiffers = new("EH-0010", CheckupLevel.Package, "ルートフォルダーの名前と ix08_V08.xml の内容が違います", Container, "どちらが正しいかを確かめて作り直してください。");
    internal static readonly CheckupRule Twice = new("EH-0011", CheckupLevel.File, "同じ名前のファイルが二つあります", Container, "一つにして作り直してください。");
    internal static readonly CheckupRule Unknown = new("EH-0012", CheckupLevel.Notice, "知らないファイルがあります", Container, "読まずに先へ進みました。必要なファイルなら名前を確かめてください。");
    internal static readonly CheckupRule NoIndex = new("EH-0013", CheckupLevel.Package, "ix08_V08.xml がないか、読めません", Container, "送付案内のファイルを入れて作り直してください。");
    internal static readonly CheckupRule NoSummary = new("EH-0014", CheckupLevel.Package, "決済情報があるのに su08_V08.xml がないか、読めません", Container, "集計のファイルを入れて作り直してください。");
    internal static readonly CheckupRule NoData = new("EH-0015", CheckupLevel.Package, "DATA に健診結果のファイルがありません", Container, "健診結果のファイルを入れて作り直してください。");
    internal static readonly CheckupRule RecordCount = new("EH-0016", CheckupLevel.Package, "ix08_V08.xml の総ファイル数と、DATA・CLAIMS にあるファイルの数が違います", Container, "欠けたファイルがないか確かめて作り直してください。");
    internal static readonly CheckupRule SubjectCount = new("EH-0017", CheckupLevel.Package, "su08_V08.xml の受診者の総数が、健診結果・決済情報のファイルの数と違います", Container, "欠けたファイルがないか確かめて作り直してください。");
    internal static readonly CheckupRule Totals = new("EH-0018", CheckupLevel.Package, "su08_V08.xml の金額の総計と、決済情報の合計が違います", Container, "集計をやり直して作り直してください。");
    internal static readonly CheckupRule ServiceDiffers = new("EH-0019", CheckupLevel.Package, "実施区分がファイルの間で違います", Container, "一つの送付には一つの実施区分だけを入れてください。");
    internal static readonly CheckupRule FileName = new("EH-0020", CheckupLevel.File, "ファイルの名前が定めた形ではありません", Container, "h または c、機関番号10桁、年月日8桁、通番1桁、種別1桁、連番6桁の名前にしてください。");
    internal static readonly CheckupRule FileInstitution = new("EH-0021", CheckupLevel.Notice, "ファイルの名前の機関番号と、中の機関番号が違います", Container, "中の番号を使いました。名前を確かめてください。");
    internal static readonly CheckupRule SamePerson = new("EH-0022", CheckupLevel.File, "同じ受診者・同じ健診日の結果がこの送付の中に既にあります", Site, "どちらが正しいかを確かめて、一つにしてください。");
    internal static readonly CheckupRule NoResult = new("EH-0023", CheckupLevel.File, "この決済情報に対応する健診結果のファイルがありません", Container, "同じ連番の健診結果を入れてください。");
    internal static readonly CheckupRule NoClaim = new("EH-0024", CheckupLevel.Notice, "この健診結果に対応する決済情報のファイルがありません", Container, "請求しない受診者なら、そのままで構いません。");
    internal static readonly CheckupRule PairDiffers = new("EH-0025", CheckupLevel.File, "健診結果と決済情報の受診者が違います", Container, "連番の対応を確かめて作り直してください。");
    internal static readonly CheckupRule IndexValue = new("EH-0026", CheckupLevel.Package, "ix08_V08.xml の値が定めた形ではありません", Container, "種別は 1〜20、実施区分は 1〜9、作成日は受け付けた日以前の日付、送付元は 10 桁以内の数字にしてください。");
    internal static readonly CheckupRule OtherInsurer = new("EH-0027", CheckupLevel.File, "受診者の保険者番号が、送付先の保険者と違います", Container, "送付先か保険者番号を確かめてください。別の保険者の受診者の結果は取り込みません。");

    internal static readonly CheckupRule NotXml = new("EH-0101", CheckupLevel.File, "XML として読めません", Shape, "ファイルが途中で切れていないか確かめ、作り直してください。");
    internal static readonly CheckupRule HasDtd = new("EH-0102", CheckupLevel.File, "DOCTYPE または ENTITY の宣言があります", Site, "安全のため読みません。宣言のない XML にしてください。");
    internal static readonly CheckupRule TooDeep = new("EH-0103", CheckupLevel.File, "要素の深さ・数か、タグや文字の長さが上限を超えています", Site, "作成したソフトを確認してください。");
    internal static readonly CheckupRule NotUtf8 = new("EH-0104", CheckupLevel.File, "文字コードが UTF-8 ではありません", Shape, "UTF-8 で作り直してください。");
    internal static readonly CheckupRule WrongRoot = new("EH-0105", CheckupLevel.File, "この場所に置くべき文書ではありません", Shape, "ファイルの種類（健診結果・決済情報・送付案内・集計）を確かめてください。");
    internal static readonly CheckupRule OldNamespace = new("EH-0106", CheckupLevel.Notice, "古い名前空間（2007 年版）で書かれています", Shape, "内容は読みました。作成したソフトを V08 に更新してください。");
    internal static readonly CheckupRule NoElement = new("EH-0107", CheckupLevel.File, "必要な要素がありません", Shape, "要素を記録して作り直してください。");
    internal static readonly CheckupRule SchemaInvalid = new("EH-0108", CheckupLevel.File, "公式の XSD に合いません", Shape, "示した行を直して作り直してください。");
    internal static readonly CheckupRule FileTooLarge = new("EH-0109", CheckupLevel.File, "ファイルが上限より大きいです", Site, "一人分の結果として大きすぎます。作成したソフトを確認してください。");
    internal static readonly CheckupRule EntryBroken = new("EH-0110", CheckupLevel.File, "ZIP の中でこのファイルが壊れています", Container, "作り直して送ってください。");

    internal static readonly CheckupRule Insurer = new("EH-0201", CheckupLevel.File, "保険者番号がないか、8桁以内の数字ではありません", Header, "被保険者証等の保険者番号を記録してください。");
    internal static readonly CheckupRule InsuredNumber = new("EH-0202", CheckupLevel.File, "被保険者証等の番号がないか、20文字を超えています", Header, "被保険者証等の番号を記録してください。");
    internal static readonly CheckupRule Branch = new("EH-0203", CheckupLevel.File, "枝番が2桁の数字ではありません", Header, "枝番を2桁で記録するか、分からなければ要素を省いてください。");
    internal static readonly CheckupRule Gender = new("EH-0204", CheckupLevel.File, "性別が 1（男）・2（女）ではありません", Header, "性別を記録してください。");
    internal static readonly CheckupRule BirthDate = new("EH-0205", CheckupLevel.File, "生年月日がないか、日付ではありません", Header, "西暦8桁で記録してください。");
    internal static readonly CheckupRule Day = new("EH-0206", CheckupLevel.File, "健診実施日がないか、日付ではありません", Header, "西暦8桁で記録してください。");
    internal static readonly CheckupRule DayOrder = new("EH-0207", CheckupLevel.File, "日付の前後が合いません", Header, "生年月日、健診実施日、作成日の順になるように直してください。");
    internal static readonly CheckupRule Institution = new("EH-0208", CheckupLevel.File, "健診実施機関の番号がないか、10桁の数字ではありません", Header, "機関番号を10桁で記録してください。");
    internal static readonly CheckupRule TicketNumber = new("EH-0209", CheckupLevel.File, "受診券整理番号が11桁の数字ではありません", Header, "受診券の番号を確かめてください。");
    internal static readonly CheckupRule TicketExpired = new("EH-0210", CheckupLevel.Notice, "受診券の有効期限が健診実施日より前です", Header, "受診券と実施日を確かめてください。");
    internal static readonly CheckupRule Age = new("EH-0211", CheckupLevel.Notice, "年度末の年齢が特定健診の対象（40〜75歳）ではありません", Header, "生年月日とプログラム種別を確かめてください。");
    internal static readonly CheckupRule BeforeTerm = new("EH-0212", CheckupLevel.Notice, "健診実施日が第4期（2024年4月1日）より前です", Header, "第4期の様式で記録された過去の健診か、日付の誤りかを確かめてください。");
    internal static readonly CheckupRule Program = new("EH-0213", CheckupLevel.Notice, "プログラム種別がないか、知らない値です", Header, "必須項目の点検は行いませんでした。プログラム種別を確かめてください。");
    internal static readonly CheckupRule DocumentType = new("EH-0214", CheckupLevel.File, "CDA 文書の種類（typeId）が違います", Header, "POCD_HD000040 の文書にしてください。");
    internal static readonly CheckupRule PersonName = new("EH-0215", CheckupLevel.File, "氏名がありません", Header, "氏名を記録してください。");
    internal static readonly CheckupRule Future = new("EH-0216", CheckupLevel.File, "受け付けた日より後の日付です", Header, "日付を確かめてください。");
    internal static readonly CheckupRule PostalCode = new("EH-0217", CheckupLevel.Notice, "郵便番号が 000-0000 の形ではありません", Header, "郵便番号を直してください。結果の登録には影響しません。");
    internal static readonly CheckupRule InsuredSymbol = new("EH-0218", CheckupLevel.File, "被保険者証等の記号が20文字を超えています", Header, "被保険者証等の記号を確かめてください。");
    internal static readonly CheckupRule Written = new("EH-0219", CheckupLevel.File, "作成日がないか、日付ではありません", Header, "西暦8桁で記録してください。");

    internal static readonly CheckupRule ItemCode = new("EH-0301", CheckupLevel.File, "項目コードが JLAC10 の17桁ではありません", Table, "項目コードを確かめてください。");
    internal static readonly CheckupRule ItemType = new("EH-0302", CheckupLevel.File, "データ型が項目表と違います", Table, "項目表の型で記録してください。");
    internal static readonly CheckupRule CodedType = new("EH-0303", CheckupLevel.Notice, "CD と CO が項目表と逆です", Table, "値は読みました。作成したソフトの設定を直してください。");
    internal static readonly CheckupRule NotANumber = new("EH-0304", CheckupLevel.File, "数値ではないか、桁が項目表より多いです", Table, "値と単位を確かめてください。");
    internal static readonly CheckupRule Decimals = new("EH-0305", CheckupLevel.Notice, "小数の桁が項目表より多いです", Table, "値はそのまま読みました。項目表の桁に丸めて記録してください。");
    internal static readonly CheckupRule Unit = new("EH-0306", CheckupLevel.File, "単位が項目表と違います", Table, "項目表の単位で測り直した値を記録してください。");
    internal static readonly CheckupRule UnitSpelling = new("EH-0307", CheckupLevel.Notice, "単位の書き方が UCUM と違います", Table, "値は読みました。UCUM の書き方にしてください。");
    internal static readonly CheckupRule CodeSystem = new("EH-0308", CheckupLevel.File, "結果コードの OID が項目表と違います", Table, "項目表の結果コード OID で記録してください。");
    internal static readonly CheckupRule UnknownCode = new("EH-0309", CheckupLevel.File, "結果のコードが一覧にありません", Table, "一覧にあるコードで記録してください。");
    internal static readonly CheckupRule TooLong = new("EH-0310", CheckupLevel.File, "文字数が項目表より多いです", Table, "短くして記録してください。");
    internal static readonly CheckupRule NoValue = new("EH-0311", CheckupLevel.File, "値がありません", Table, "値を記録するか、未実施・測定不可能として記録してください。");
    internal static readonly CheckupRule Repeated = new("EH-0312", CheckupLevel.File, "同じ項目が二度記録されています", Table, "一つにしてください。");
    internal static readonly CheckupRule Method = new("EH-0313", CheckupLevel.Notice, "検査方法コードが項目表と違います", Table, "項目コードの検査方法を使いました。作成したソフトの設定を確かめてください。");
    internal static readonly CheckupRule Interpretation = new("EH-0314", CheckupLevel.Notice, "判定が N・H・L ではありません", Table, "判定を確かめてください。");
    internal static readonly CheckupRule Range = new("EH-0315", CheckupLevel.Notice, "基準範囲が数値でないか、下限と上限が逆です", Table, "基準範囲を確かめてください。");
    internal static readonly CheckupRule RangeAgainst = new("EH-0316", CheckupLevel.Notice, "判定が、記録された基準範囲と合いません", Table, "判定と基準範囲のどちらが正しいかを確かめてください。");
    internal static readonly CheckupRule DayText = new("EH-0317", CheckupLevel.File, "年月日が日付ではありません", Table, "西暦8桁で記録してください。");
    internal static readonly CheckupRule ValueType = new("EH-0318", CheckupLevel.Notice, "値に型（xsi:type）がないか、知らない型です", Shape, "PQ、CD、CO、ST のいずれかで記録してください。");

    internal static readonly CheckupRule Missing = new("EH-0401", CheckupLevel.File, "必須の項目がありません", Table, "記録するか、行わなかった項目として記録してください。");
    internal static readonly CheckupRule MissingGroup = new("EH-0402", CheckupLevel.File, "いずれか一つ必要な項目が一つもありません", Table, "どれか一つを記録してください。");
    internal static readonly CheckupRule TwoMethods = new("EH-0403", CheckupLevel.Notice, "同じ検査が違う方法で二つ記録されています", Table, "どちらを使うかを確かめてください。両方とも読みました。");
    internal static readonly CheckupRule NoDetail = new("EH-0404", CheckupLevel.File, "「あり」と記録されていますが、その内容の必須項目がありません", Table, "内容を記録してください。");
    internal static readonly CheckupRule NoRemark = new("EH-0405", CheckupLevel.Notice, "「所見あり」と記録されていますが、所見がありません", Table, "所見を記録してください。");
    internal static readonly CheckupRule DetailOnly = new("EH-0406", CheckupLevel.Notice, "内容だけが記録され、有無の項目がありません", Table, "有無の項目も記録してください。");
    internal static readonly CheckupRule MealTime = new("EH-0407", CheckupLevel.File, "採血時間（食後）と、空腹時・随時の項目が合いません", Table, "食後10時間以上なら空腹時、それより短ければ随時の項目に記録してください。");
    internal static readonly CheckupRule ReasonOnly = new("EH-0408", CheckupLevel.Notice, "実施理由だけが記録され、検査の結果がありません", Table, "検査の結果を記録してください。");
    internal static readonly CheckupRule NoReason = new("EH-0409", CheckupLevel.Notice, "詳細な健診の対象者とありますが、実施理由がありません", Table, "実施理由を記録してください。");
    internal static readonly CheckupRule NoFiltration = new("EH-0410", CheckupLevel.Notice, "詳細な健診の血清クレアチニンがありますが、eGFR がありません", Table, "eGFR を記録してください。");
    internal static readonly CheckupRule NoDoctor = new("EH-0411", CheckupLevel.File, "判定した医師の氏名がありません", Table, "医師の診断（判定）の author に氏名を記録してください。");
    internal static readonly CheckupRule NotDone = new("EH-0412", CheckupLevel.Notice, "必須の項目が未実施または測定不可能と記録されています", Table, "特定健診を実施したとは数えられないことがあります。理由を確かめてください。");
    internal static readonly CheckupRule Bmi = new("EH-0413", CheckupLevel.Notice, "BMI が身長と体重から計算した値と違います", Table, "身長、体重、BMI を確かめてください。");

    internal static readonly CheckupRule Amount = new("EH-0501", CheckupLevel.File, "金額が9桁以内の数ではありません", Settlement, "金額を確かめてください。");
    internal static readonly CheckupRule UnitTotal = new("EH-0502", CheckupLevel.File, "単価の合計が、基本・詳細・追加の単価を足した額と違います", Settlement, "単価を確かめてください。");
    internal static readonly CheckupRule PaymentTotal = new("EH-0503", CheckupLevel.File, "窓口負担の合計が、基本・詳細・追加の窓口負担を足した額と違います", Settlement, "窓口負担を確かめてください。");
    internal static readonly CheckupRule ClaimTotal = new("EH-0504", CheckupLevel.File, "請求金額が、単価の合計から窓口負担と他の健診による負担を引いた額と違います", Settlement, "請求金額を確かめてください。");
    internal static readonly CheckupRule ClaimCode = new("EH-0505", CheckupLevel.File, "区分のコードが一覧にありません", Settlement, "請求区分は 1〜5、委託料単価区分は 1・2、窓口負担は 1〜4 で記録してください。");

    /// <summary>All of them, in order of number.</summary>
    public static IReadOnlyList<CheckupRule> All { get; } =
    [
        ZipUnreadable, TooManyEntries, TooLarge, BadRatio, BadPath, Encrypted, Nested, OneRoot, RootName, RootDiffers, Twice, Unknown, NoIndex, NoSummary, NoData,
        RecordCount, SubjectCount, Totals, ServiceDiffers, FileName, FileInstitution, SamePerson, NoResult, NoClaim, PairDiffers, IndexValue, OtherInsurer,
        NotXml, HasDtd, TooDeep, NotUtf8, WrongRoot, OldNamespace, NoElement, SchemaInvalid, FileTooLarge, EntryBroken,
        Insurer, InsuredNumber, Branch, Gender, BirthDate, Day, DayOrder, Institution, TicketNumber, TicketExpired, Age, BeforeTerm, Program, DocumentType, PersonName, Future, PostalCode, InsuredSymbol, Written,
        ItemCode, ItemType, CodedType, NotANumber, Decimals, Unit, UnitSpelling, CodeSystem, UnknownCode, TooLong, NoValue, Repeated, Method, Interpretation, Range, RangeAgainst, DayText, ValueType,
        Missing, MissingGroup, TwoMethods, NoDetail, NoRemark, DetailOnly, MealTime, ReasonOnly, NoReason, NoFiltration, NoDoctor, NotDone, Bmi,
        Amount, UnitTotal, PaymentTotal, ClaimTotal, ClaimCode,
    ];
}
