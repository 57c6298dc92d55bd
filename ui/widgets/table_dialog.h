#pragma once

#include "ui/widgets/text_table.h"

#include <QDialog>

namespace headroom::ui {

/// The numbers behind a graph as a table, to be read aloud, looked through and copied. Beside the window, not
/// in its way; deletes itself when closed. GUI thread.
class TableDialog : public QDialog {
    Q_OBJECT

public:
    TableDialog(const QString& title, TextTable table, QWidget* parent);

    /// More is known by now.
    void setTable(TextTable table);

private:
    TextTableModel* model_;
};

} // namespace headroom::ui
