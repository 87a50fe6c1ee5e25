"""Words for findings about the files of a package and their rows: (code, variant) → English, Chinese."""

F = "FILE_FORMAT"

PACKAGE = {
    (F, "package"): (
        "The package cannot be opened ({problem}). Give a folder, or a zip without a password.",
        "无法打开复算包（{problem}）。请提供文件夹，或未加密的 zip 文件。",
    ),
    (F, "no_package"): (
        "There is no such file or folder. Check the path.",
        "没有这个文件或文件夹，请检查路径。",
    ),
    (F, "too_large"): (
        "This is larger than {most} MiB and is not read. Split the event, or check where the file"
        " comes from.",
        "超过 {most} MiB，不予读取。请拆分赛项，或核实文件来源。",
    ),
    (F, "too_many_files"): (
        "The zip holds more than {most} files and is not read. Pack only the files of the recount package.",
        "zip 中的文件超过 {most} 个，不予读取。请只打包复算包所需的文件。",
    ),
    (F, "twice_in_zip"): (
        "The zip holds “{file}” twice, so it is unclear which counts. Pack it once.",
        "zip 中有两个“{file}”，无法确定以哪个为准，请只保留一个。",
    ),
    (F, "several_folders"): (
        "Several folders of the zip hold files of a package: {folders}. Pack one recount package at a time.",
        "zip 中有多个文件夹含有复算包文件：{folders}。请每次只打包一个复算包。",
    ),
    (F, "missing_file"): (
        "The package has no {file}. Add it.",
        "复算包中没有 {file}，请补充。",
    ),
    (F, "empty"): (
        "{file} is empty; it needs at least its header line. Export it again.",
        "{file} 是空文件，至少要有表头一行，请重新导出。",
    ),
    (F, "utf8"): (
        "{file} is not UTF-8 from this line on. Save it as “CSV UTF-8”.",
        "{file} 从这一行起不是 UTF-8 编码，请另存为“CSV UTF-8”。",
    ),
    (F, "nul"): (
        "{file} holds a NUL character in this line. Export it again.",
        "{file} 的这一行含有空字符（NUL），请重新导出。",
    ),
    (F, "json"): (
        "This is not JSON: reading stops at column {column} of this line. Correct the text there.",
        "不是有效的 JSON：读到此行第 {column} 列时出错，请更正该处。",
    ),
    (F, "json_depth"): (
        "The JSON is nested too deeply to be a scheme. Export it again.",
        "JSON 嵌套过深，不可能是评分方案，请重新导出。",
    ),
    (F, "manifest"): (
        "The manifest has no “files” with names and hashes. Export the package again.",
        "清单中没有“files”（文件名与哈希值），请重新导出复算包。",
    ),
    (F, "csv"): (
        "This line of {file} is not well-formed CSV: quotation marks or line breaks are wrong. Correct it.",
        "{file} 的这一行不符合 CSV 格式，引号或换行有误，请更正。",
    ),
    (F, "unknown_column"): (
        "{file} has a column “{column}” that does not belong there. Its columns are: {columns}.",
        "{file} 中的列“{column}”不属于该文件，应有的列为：{columns}。",
    ),
    (F, "repeated_column"): (
        "{file} has the column “{column}” more than once. Remove one.",
        "{file} 中的列“{column}”重复，请删除多余的一列。",
    ),
    (F, "missing_column"): (
        "{file} has no column “{column}”. Add it.",
        "{file} 中缺少列“{column}”，请补充。",
    ),
    (F, "row_length"): (
        "This row of {file} has {found} fields, but the header has {expected}. Check commas and"
        " quotation marks.",
        "{file} 的这一行有 {found} 个字段，而表头有 {expected} 个，请检查逗号和引号。",
    ),
    (F, "entry_empty"): (
        "This row names no entry. Fill in its code, or remove the row.",
        "这一行没有参赛编号，请填写或删除该行。",
    ),
    (F, "decision_kind"): (
        "“{value}” is no kind of decision. Use one of: {options}.",
        "没有“{value}”这种裁定，只能是：{options}。",
    ),
    (F, "decision_twice"): (
        "Two decisions “{kind}” about entry {entry} contradict each other. Keep the one that holds.",
        "关于参赛编号 {entry} 的两条“{kind}”裁定互相矛盾，请保留有效的一条。",
    ),
    (F, "yes_no"): (
        "“{value}” is neither yes nor no. Write yes or no.",
        "“{value}”既不是 yes 也不是 no，请填写 yes 或 no。",
    ),
    ("MANIFEST", "hash"): (
        "{file} is not the file the manifest was made for: its hash is another. Get the package"
        " again from its"
        " source.",
        "{file} 与清单不符：哈希值不同。请从原处重新获取复算包。",
    ),
    ("MANIFEST", "absent"): (
        "The manifest lists {file}, but the package does not hold it. Get the package again from its source.",
        "清单中列有 {file}，但复算包中没有。请从原处重新获取复算包。",
    ),
    ("UNKNOWN_ENTRY", "entry"): (
        "There is no entry “{entry}” in entries.csv. Correct the code, or add the entry.",
        "entries.csv 中没有参赛编号“{entry}”，请更正编号或补充该参赛者。",
    ),
    ("UNKNOWN_ASPECT", "aspect"): (
        "The scheme has no aspect “{aspect}” in a stage “{stage}”. Correct the codes.",
        "评分方案的阶段“{stage}”中没有评分点“{aspect}”，请更正代码。",
    ),
    ("UNKNOWN_STATUS", "status"): (
        "“{status}” is no status. Use one of: {options}.",
        "没有“{status}”这种状态，只能是：{options}。",
    ),
    ("ATTEMPT", "attempt"): (
        "“{value}” is no attempt of this stage. Use a whole number from 1 to {most}.",
        "本阶段没有第“{value}”次，请填写 1 至 {most} 的整数。",
    ),
    ("DUPLICATE_ENTRY", "entry"): (
        "Entry “{entry}” stands in the list already. Remove one of the rows.",
        "参赛编号“{entry}”已在名单中，请删除重复的一行。",
    ),
    ("DUPLICATE_MARK", "mark"): (
        "Judge “{judge}” has marked this aspect of entry “{entry}” already. Keep the mark that holds.",
        "裁判“{judge}”已为参赛编号“{entry}”的该评分点打过分，请保留有效的一个。",
    ),
    ("SCORE_FORMAT", "penalty"): (
        "“{value}” is no number of points. Write digits, with up to 6 decimals after a point.",
        "“{value}”不是分数。请用数字书写，小数点后最多 6 位。",
    ),
    ("SCORE_FORMAT", "order"): (
        "“{value}” is no place in an order. Write a number; the lower one goes first.",
        "“{value}”不能表示先后次序。请填写数字，小者在前。",
    ),
    ("SCORE_RANGE", "penalty"): (
        "A penalty is taken off the total, so it cannot be negative: {value}. Write it without the sign.",
        "扣分从总分中扣除，不能为负数：{value}。请去掉负号。",
    ),
}
