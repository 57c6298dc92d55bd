// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPushButton>

namespace headroom::ui {

class ElidedLabel;

/// A button for a source: letter, title and detail. GUI thread.
class SourceCard : public QPushButton {
    Q_OBJECT

public:
    explicit SourceCard(const QString& letter, QWidget* parent = nullptr);

    void show(const QString& title, const QString& detail);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

private:
    QString letter_;
    ElidedLabel* title_;
    ElidedLabel* detail_;
};

} // namespace headroom::ui
