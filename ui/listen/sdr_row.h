#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QToolButton;

namespace headroom::ui {

class ListenModel;
class SdrStrip;
class Theme;
class TimeAxis;

/// The SDR of the sources second by second, below the lanes: strip, medians, the way to the worst second, and
/// the numbers as a table. Absent while nothing is measured. GUI thread.
class SdrRow : public QWidget {
    Q_OBJECT

public:
    /// @param model, axis, theme outlive this  @param headWidth of the lanes' heads, with which it lines up
    SdrRow(ListenModel& model, TimeAxis& axis, const Theme& theme, int headWidth, QWidget* parent = nullptr);

    /// The second in which what is heard is furthest from the true stem; absent where unknown, or blind.
    std::optional<std::int64_t> worst() const;

Q_SIGNALS:
    void worstRequested();
    void seekRequested(qint64 frame);

private:
    QWidget* makeHead(int width);
    QToolButton* makeButton(const QString& icon, const QString& toolTip);
    void refresh();
    void showTable();

    ListenModel& model_;
    SdrStrip* strip_;
    QLabel* medians_;
    QToolButton* worst_;
    QToolButton* table_;
};

} // namespace headroom::ui
