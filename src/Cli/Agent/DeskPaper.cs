namespace Sekisho.Cli.Agent;

/// <summary>What a desk needs on paper when the centre does not answer: so it comes from this machine, the same words as on the centre's pages.</summary>
internal static class DeskPaper
{
    public const string Style = "@media print{.screen{display:none}body{margin:0;font-size:12pt}}.form th{width:13rem;vertical-align:top}.form td{height:2.2rem}.sign{margin-top:2rem}";

    public const string Links = "<p class=screen><a href=/procedure>資格を確認できないときの手順</a>　<a href=/statement>被保険者資格申立書（白紙）</a></p>";

    private const string Print = "<p class=screen>ブラウザーの印刷（Ctrl+P）で印刷します。<a href=/>戻る</a></p>";

    public const string Procedure = Print + """
        <h1>資格を確認できないとき</h1>
        <h2>センターが答えないとき（回線・機器・センターの障害）</h2>
        <ol>
        <li>カードリーダー、資格確認端末の順に電源と回線を確かめます。ほかの端末でも照会できないときは、障害として扱います。
        <li>この画面の「最後の回答」を見ます。古い結果であることと、いつのものかを必ず見てください。
        <li>患者さんに、資格確認書、資格情報のお知らせ、マイナポータルの資格情報の画面のどれかを見せてもらい、記号・番号を控えます。
        <li>どれもないときは、被保険者資格申立書を書いてもらいます。<strong>いったん10割を求めず</strong>、本人の申し出る負担割合（3割など）で会計します。
        <li>つながったら、1人ずつ照会します。受診日の資格を照会するので、翌日以降でもかまいません。
        </ol>
        <p>患者さんに:「いま、保険の確認ができない状態です。資格確認書かマイナポータルの画面をお持ちでしたら、見せていただけますか。」</p>
        <h2>申立書を受け取ったあとの請求（不詳レセプト）</h2>
        <p>請求までに資格が分かれば、その資格で請求します。分からないときだけ、次のように記録します。</p>
        <ol>
        <li>保険者番号に <strong>77777777</strong>（7を8けた）を記録します。
        <li>記号は記録しません（空欄）。
        <li>番号に <strong>777777777</strong>（7を9けた）を記録します。後期高齢者医療の人は <strong>77777777</strong>（7を8けた）です。
        <li>摘要欄の先頭に「<strong>不詳</strong>」と書き、続けて申立書の住所・連絡先などを書きます。
        <li>レセコンが摘要欄に「不詳」を記録できないときは、保険者番号を <strong>77777779</strong> とします。
        <li>申立書は、レセプトとともに保管します。あとで資格が分かったら、取下げと再請求の要否を審査支払機関に確かめます。
        </ol>
        <p>根拠: 保発0710第1号（2023年7月10日）ほか、2023年9月診療分から。77777779 は 2023年9月15日の事務連絡。</p>
        """;

    public const string Statement = Print + """
        <h1>被保険者資格申立書</h1>
        <p>　　　　　　　　　　　　　　　　　　　　御中</p>
        <p>わたしは、次のとおり医療保険の資格があることを申し立てます。マイナンバーカードなどで資格を確認できなかったため、この申立てにより診療を受けます。</p>
        <table class=form>
        <tr><th scope=row>フリガナ<td>
        <tr><th scope=row>氏名<td>
        <tr><th scope=row>生年月日・性別<td>　　　　年　　月　　日　　男 ・ 女
        <tr><th scope=row>住所<td>〒<br><br>
        <tr><th scope=row>電話番号<td>
        <tr><th scope=row>加入している保険<td>□ 会社などの健康保険（勤務先　　　　　　　　　　　　　　）<br>□ 国民健康保険（市町村　　　　　　　　　　　　　　　　　）<br>□ 後期高齢者医療　　□ そのほか・わからない
        <tr><th scope=row>本人・家族<td>□ 本人　　□ 家族（被保険者・世帯主の氏名　　　　　　　　　　）
        <tr><th scope=row>前に使っていた記号・番号<td>保険者番号　　　　　　　　記号　　　　　　番号　　　　　　枝番
        <tr><th scope=row>窓口で払う割合<td>□ 3割　　□ 2割　　□ 1割　　□ わからない
        <tr><th scope=row>確認できない理由<td>□ 就職・転職・引越しをしたばかり　　□ カードを忘れた・読めない　　□ わからない<br>□ そのほか（　　　　　　　　　　　　　　　　　　　　　）
        <tr><th scope=row>受診した日<td>　　　　年　　月　　日
        </table>
        <p>後日、申し立てた内容と違うことが分かったときは、医療機関・保険者からの連絡に応じ、必要な費用を支払います。</p>
        <p class=sign>申立年月日　　　　　年　　　月　　　日　　　　署名　　　　　　　　　　　　　　　　</p>
        <p>医療機関の記入欄: 患者番号　　　　　　　　確かめた人　　　　　　　　<br>□ 資格が分かった（　　月　　日）　　□ 不詳で請求した</p>
        """;
}
