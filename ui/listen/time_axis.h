// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <cstdint>
#include <optional>

namespace headroom::ui {

/// The shared time axis of all lanes: visible frames, zoom, play head, and the selection, which is the loop.
/// GUI thread.
class TimeAxis : public QObject {
    Q_OBJECT

public:
    struct Range {
        std::int64_t begin = 0; ///< frame
        std::int64_t end = 0;   ///< frame after the last one
        bool operator==(const Range&) const = default;
    };

    using QObject::QObject;

    /// Shows the whole song, moves the play head to its start, and clears the selection.
    void setSong(std::int64_t frames, int sampleRate);
    std::int64_t frames() const { return frames_; }
    int sampleRate() const { return sampleRate_; }

    /// Sets the width of the lanes. If the whole song was visible, it stays so.
    void setWidth(int pixels);
    int width() const { return width_; }

    double begin() const { return begin_; } ///< the frame at the left edge
    double framesPerPixel() const { return framesPerPixel_; }
    double xOf(double frame) const { return (frame - begin_) / framesPerPixel_; }
    /// The frame at a pixel, clamped to the song.
    std::int64_t frameAt(double x) const;

    /// @param factor above 1 zooms in  @param x the pixel whose frame stays in place
    void zoom(double factor, double x);
    void scroll(double pixels);
    void fit();
    /// Scrolls by a page if the frame is not visible.
    void reveal(std::int64_t frame);

    std::int64_t playHead() const { return playHead_; }
    void setPlayHead(std::int64_t frame);

    const std::optional<Range>& selection() const { return selection_; }
    /// @param range clamped to the song; an empty range clears the selection
    void select(std::optional<Range> range);

Q_SIGNALS:
    void viewChanged();
    void playHeadMoved(std::int64_t before, std::int64_t now);
    void selectionChanged();

private:
    void setView(double begin, double framesPerPixel);
    double fittingFramesPerPixel() const;

    std::int64_t frames_ = 0;
    int sampleRate_ = 44100;
    int width_ = 1;
    double begin_ = 0;
    double framesPerPixel_ = 1;
    std::int64_t playHead_ = 0;
    std::optional<Range> selection_;
};

/// "1:02.345", with the given number of decimals.
QString timeText(double seconds, int decimals);

} // namespace headroom::ui
