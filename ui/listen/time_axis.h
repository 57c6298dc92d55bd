#pragma once

#include <QObject>

#include <cstdint>
#include <optional>

namespace headroom::ui {

/// The time that all lanes of a song show: which frames, at what zoom; the play head; the selection, which is
/// what is looped. GUI thread.
class TimeAxis : public QObject {
    Q_OBJECT

public:
    struct Range {
        std::int64_t begin = 0; ///< frame
        std::int64_t end = 0;   ///< the frame behind the last
        bool operator==(const Range&) const = default;
    };

    using QObject::QObject;

    /// Shows the whole song, with the play head at its beginning and no selection.
    void setSong(std::int64_t frames, int sampleRate);
    std::int64_t frames() const { return frames_; }
    int sampleRate() const { return sampleRate_; }

    /// Pixels that the lanes are wide. A view that shows the whole song goes on doing so.
    void setWidth(int pixels);
    int width() const { return width_; }

    double begin() const { return begin_; } ///< the frame at the left edge
    double framesPerPixel() const { return framesPerPixel_; }
    double xOf(double frame) const { return (frame - begin_) / framesPerPixel_; }
    /// The frame at a pixel, within the song.
    std::int64_t frameAt(double x) const;

    /// @param factor above 1: closer  @param x the pixel that stays where it is
    void zoom(double factor, double x);
    void scroll(double pixels);
    void fit();
    /// Turns the page where a frame is out of sight.
    void reveal(std::int64_t frame);

    std::int64_t playHead() const { return playHead_; }
    void setPlayHead(std::int64_t frame);

    const std::optional<Range>& selection() const { return selection_; }
    /// @param range within the song when it comes out; an empty one clears the selection
    void select(std::optional<Range> range);

Q_SIGNALS:
    void viewChanged();
    void playHeadMoved(std::int64_t before, std::int64_t now);
    void selectionChanged();

private:
    void setView(double begin, double framesPerPixel);
    double fitting() const;

    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    int width_ = 1;
    double begin_ = 0;
    double framesPerPixel_ = 1;
    std::int64_t playHead_ = 0;
    std::optional<Range> selection_;
};

/// "1:02.345", with as many decimals as asked for.
QString timeText(double seconds, int decimals);

} // namespace headroom::ui
