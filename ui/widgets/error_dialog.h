// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <QDialog>

namespace headroom::ui {

/// Shows an error: what happened, where, and what to do. The text can be copied. GUI thread.
class ErrorDialog : public QDialog {
    Q_OBJECT

public:
    /// @param headline the action that failed: "Could not open the configuration"
    ErrorDialog(const QString& headline, const Error& error, QWidget* parent);
};

} // namespace headroom::ui
