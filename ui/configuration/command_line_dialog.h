#pragma once

#include <QDialog>

namespace headroom::ui {

/// A command to read and copy. GUI thread.
class CommandLineDialog : public QDialog {
    Q_OBJECT

public:
    CommandLineDialog(const QString& command, QWidget* parent);
};

} // namespace headroom::ui
