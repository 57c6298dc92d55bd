#pragma once

class QTableView;

namespace headroom::ui {

/// Makes each column of a table as wide as its texts, and the first, whose rows have ticks, wide enough for
/// those too: Qt leaves them out where a style sheet sets the cells.
void fitColumns(QTableView& table);

} // namespace headroom::ui
