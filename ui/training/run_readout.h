#pragma once

#include "ui/training/run_view.h"

#include <QWidget>

#include <vector>

namespace headroom::ui {

struct Palette;

/// The numbers of all charts at one moment, each chart's beside it; smaller where all would not fit. GUI
/// thread.
class RunReadout : public QWidget {
    Q_OBJECT

public:
    explicit RunReadout(QWidget* parent = nullptr);

    void setPalette(const Palette& palette);
    /// @param heading what moment it is: "epoch 94, step 3400"
    /// @param tops    where each chart begins, pixels from the top of this widget
    void show(const QString& heading, std::vector<Readout> charts, std::vector<int> tops);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int lineHeight() const;
    QFont fittingFont() const;
    std::vector<int> arranged() const;
    void paintChart(QPainter& painter, const Readout& chart, int top) const;

    const Palette* palette_ = nullptr;
    QString heading_;
    std::vector<Readout> charts_;
    std::vector<int> tops_;
};

} // namespace headroom::ui
