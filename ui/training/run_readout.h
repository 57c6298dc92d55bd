// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/plots/readout.h"

#include <QWidget>

#include <vector>

namespace headroom::ui {

struct Palette;

/// The values of all charts at one position, each beside its chart. Shrinks the font if they do not fit. GUI
/// thread.
class RunReadout : public QWidget {
    Q_OBJECT

public:
    explicit RunReadout(QWidget* parent = nullptr);

    void setPalette(const Palette& palette);
    /// @param heading the position: "epoch 94, step 3400"
    /// @param tops    top of each chart, pixels from the top of this widget
    void show(const QString& heading, std::vector<Readout> charts, std::vector<int> tops);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineHeight() const;
    QFont fittingFont() const;
    std::vector<int> arrangedTops() const;
    void paintChart(QPainter& painter, const Readout& chart, int top) const;

    const Palette* palette_ = nullptr;
    QString heading_;
    std::vector<Readout> charts_;
    std::vector<int> tops_;
};

} // namespace headroom::ui
