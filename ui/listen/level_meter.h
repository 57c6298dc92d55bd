#pragma once

#include <QTimer>
#include <QWidget>

#include <array>

namespace headroom::ui {

class Theme;

/// Peak level of a stereo lane, -60 ... 0 dBFS. It falls slowly, by itself; the highest peak stays as a mark,
/// red once it was beyond full scale. GUI thread.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    explicit LevelMeter(const Theme& theme, QWidget* parent = nullptr);

    /// @param left, right largest magnitudes since the last call
    void show(float left, float right);
    bool isLit() const; ///< a bar is still to be seen
    /// Nothing is measured: no bars, and no mark.
    void clear();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fall();

    const Theme& theme_;
    QTimer falling_;                              ///< runs while a bar is lit
    std::array<double, 2> levels_ = {-100, -100}; ///< dBFS
    double highest_ = -100;                       ///< dBFS
};

} // namespace headroom::ui
