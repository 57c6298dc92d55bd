#pragma once

#include "core/support/error.h"

#include <QDialog>

namespace headroom::ui {

/// What went wrong, where, and what to do; the whole of it can be copied. GUI thread.
class ErrorDialog : public QDialog {
    Q_OBJECT

public:
    /// @param headline what the user wanted that cannot be: "This setting cannot be opened"
    ErrorDialog(const QString& headline, const Error& error, QWidget* parent);
};

} // namespace headroom::ui
