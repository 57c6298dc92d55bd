#pragma once

#include <QWidget>

#include <array>

namespace headroom::ui {

class Theme;

/// Peak level of a stereo lane, -60 ... 0 dBFS, falling slowly; the highest peak stays as a mark, red once it
/// was beyond full scale. GUI thread.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    explicit LevelMeter(const Theme& theme, QWidget* parent = nullptr);

    /// Called at a steady rate. @param left, right largest magnitudes since the last call
    void show(float left, float right);
    /// Nothing is measured: no bars, and no mark.
    void clear();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    std::array<double, 2> levels_ = {-100, -100}; ///< dBFS
    double highest_ = -100;                       ///< dBFS
};

} // namespace headroom::ui
