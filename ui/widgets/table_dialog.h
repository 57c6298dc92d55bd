// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/table_data.h"

#include <QDialog>

namespace headroom::ui {

/// Shows the numbers of a chart as a table that can be read by screen readers and copied. Modeless; deletes
/// itself when closed. GUI thread.
class TableDialog : public QDialog {
    Q_OBJECT

public:
    TableDialog(const QString& title, TableData table, QWidget* parent);

    void setTable(TableData table);

private:
    TableDataModel* model_;
};

} // namespace headroom::ui
