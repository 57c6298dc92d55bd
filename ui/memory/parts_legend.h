// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/memory/card_use.h"

#include <QWidget>

#include <vector>

namespace headroom::ui {

class Theme;

/// Names and sizes of the parts. Never shrinks to fewer lines at the same width, so that changing numbers do
/// not move the page below. GUI thread.
class PartsLegend : public QWidget {
    Q_OBJECT

public:
    explicit PartsLegend(const Theme& theme, QWidget* parent = nullptr);

    /// Omits empty parts.
    void setUse(const CardUse& use);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        CardPart part;
        QString title;
        QString size;
        QRect rect;
    };
    std::vector<Entry> entriesFor(int width) const;

    const Theme& theme_;
    int lines(int width) const;

    CardUse use_{};
    mutable int mostLines_ = 1; ///< at this width
    mutable int linesWidth_ = -1;
};

} // namespace headroom::ui
