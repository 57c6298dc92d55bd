// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/training/plot_row.h"

#include <QCoreApplication>

namespace headroom::ui {

/// The gradient norm before clipping, and the learning rate on a second axis.
class GradientRow final : public PlotRow {
    Q_DECLARE_TR_FUNCTIONS(GradientRow)

public:
    explicit GradientRow(QCustomPlot& plot);
    QString title() const override { return tr("Gradient norm"); }
    double weight() const override { return 0.7; }
    void update(const RunView& view) override;
    Readout readout(const RunView& view, double x) const override;

private:
    Band norm_;
    QCPGraph* rate_;
};

} // namespace headroom::ui
