// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/widgets/elided_label.h"

#include <QTimer>

namespace headroom::ui {

/// Shows for 20 seconds where a file was saved. GUI thread.
class SavedNotice : public ElidedLabel {
    Q_OBJECT

public:
    explicit SavedNotice(QWidget* parent = nullptr);

    /// @param note a sentence about the file; may be empty
    void showSaved(const QString& path, const QString& note = {});

private:
    QTimer hideTimer_;
};

} // namespace headroom::ui
