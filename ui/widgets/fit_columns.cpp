// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/fit_columns.h"

#include "ui/theme/typography.h"

#include <QTableView>

namespace headroom::ui {

void fitColumns(QTableView& table) {
    table.resizeColumnsToContents();
    table.setColumnWidth(0, table.columnWidth(0) + em(2.5));
}

} // namespace headroom::ui
