// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/lane_view.h"
#include "ui/listen/tile_queue.h"

#include <QWidget>

#include <array>
#include <memory>
#include <vector>

class QVBoxLayout;

namespace headroom::ui {

struct Lane;
class LaneHeader;
class ListenBridge;
class ListenModel;
class AudioPicture;

/// The lanes of a song below a time ruler. GUI thread.
class LaneList : public QWidget {
    Q_OBJECT

public:
    LaneList(ListenBridge& bridge, ListenModel& model, TimeAxis& axis, const Theme& theme,
             QWidget* parent = nullptr);
    ~LaneList() override;

    void setLook(const LaneLook& look);
    /// The lane that keys act on; -1: none.
    int current() const { return current_; }
    void setCurrent(int lane);
    /// Magnifies the waveforms vertically.
    void magnify(double factor);
    /// Moves the frequency cursor of the current lane, which shows and announces the level at the play head.
    void moveFrequencyCursor(int steps);
    void hideFrequencyCursor();
    /// Opens a table of the levels of the current lane in the visible range.
    void showTable();
    /// Shows the peak levels of the mixer, by lane. Call at a steady rate.
    void showLevels(const std::vector<std::pair<int, std::pair<float, float>>>& levels);
    /// The controls of all lanes, in tab order.
    std::vector<QWidget*> controls() const;
    /// Clears all levels and peak marks.
    void clearLevels();
    /// Width of the lane headers, to align other widgets with them.
    int headerWidth() const;

Q_SIGNALS:
    void seekRequested(qint64 frame);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Row {
        QWidget* box = nullptr; ///< contains header and view
        LaneHeader* header = nullptr;
        LaneView* view = nullptr;
        std::array<std::unique_ptr<AudioPicture>, 2> pictures; ///< by source
    };

    void arrange();
    Row makeRow(int lane);
    void refresh();
    void refreshRow(std::size_t index);
    QString decodingText() const;
    QString detailOf(const Lane& lane) const;

    ListenBridge& bridge_;
    ListenModel& model_;
    TimeAxis& axis_;
    const Theme& theme_;
    TileQueue tiles_;
    LaneLook look_;
    QWidget* content_;
    QVBoxLayout* column_;
    QWidget* ruler_;
    std::vector<Row> rows_;
    int current_ = -1;
};

} // namespace headroom::ui
