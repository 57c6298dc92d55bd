// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

namespace headroom::ui {

/// Shows a command to copy. GUI thread.
class CommandLineDialog : public QDialog {
    Q_OBJECT

public:
    CommandLineDialog(const QString& command, QWidget* parent);
};

} // namespace headroom::ui
