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

/// The lanes of a song under one ruler. GUI thread.
class LaneList : public QWidget {
    Q_OBJECT

public:
    LaneList(ListenBridge& bridge, ListenModel& model, TimeAxis& axis, const Theme& theme,
             QWidget* parent = nullptr);
    ~LaneList() override;

    void setLook(const LaneLook& look);
    /// The lane that keys act on; -1 without lanes.
    int current() const { return current_; }
    void setCurrent(int lane);
    /// The numbers behind what is in view of the lane that keys act on, as a table beside the window.
    void showTable();
    /// Takes what the mixer has measured, at a steady rate.
    void showLevels(const std::vector<std::pair<int, std::pair<float, float>>>& levels);
    /// All that Tab is to reach, from top to bottom.
    std::vector<QWidget*> controls() const;
    /// No levels and no peak marks, as for a song that has not been heard yet.
    void clearLevels();
    /// Width of the lanes' heads, with which what stands below lines up.
    int headWidth() const;

Q_SIGNALS:
    void seekRequested(qint64 frame);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Row {
        QWidget* box = nullptr; ///< holds the other two
        LaneHeader* header = nullptr;
        LaneView* view = nullptr;
        std::array<std::unique_ptr<AudioPicture>, 2> pictures; ///< by source
    };

    void arrange();
    Row makeRow(int lane);
    void refresh();
    void refreshRow(std::size_t index);
    QString readingText() const;
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
