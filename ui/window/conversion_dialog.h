// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/interop/conversion.h"

#include <QDialog>

namespace headroom::ui {

/// Shows the result of converting a configuration of another program: a summary, and the report of all keys.
/// GUI thread.
class ConversionDialog : public QDialog {
    Q_OBJECT

public:
    /// @param name of the file
    ConversionDialog(const Conversion& conversion, const QString& name, QWidget* parent);
};

} // namespace headroom::ui
