#pragma once

#include <QDialog>

namespace headroom::ui {

/// The manual, in the language of the window. GUI thread.
class HelpDialog : public QDialog {
    Q_OBJECT

public:
    explicit HelpDialog(QWidget* parent);
};

} // namespace headroom::ui
