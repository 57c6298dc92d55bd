// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/step_profile.h"
#include "ui/memory/timeline_view.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;

namespace headroom::ui {

class LineLabel;
class PartAreas;
class SpanStrip;
class Theme;
struct PlotCaption;

/// The forecast of one training step or of the run: memory after each allocation, stacked by part, and the
/// limit of the card. The wheel zooms at the pointer, drag pans, double-click shows everything. Arrow keys
/// move the cross-hair, + and - zoom, 0 shows everything, P goes to the peak, Enter chooses the place at the
/// cross-hair, as a click does. GUI thread.
class MemoryTimeline : public QWidget {
    Q_OBJECT

public:
    explicit MemoryTimeline(const Theme& theme, QWidget* parent = nullptr);
    ~MemoryTimeline() override;

    /// Names what the forecasts show. A forecast of the run is that of runView().
    void setView(TimelineView view);
    /// @param forecast null: an empty chart
    /// @param others bytes that other programs hold
    /// @param capacity of the card, bytes
    void setForecast(std::shared_ptr<const Forecast> forecast, std::int64_t others, std::int64_t capacity);
    /// The forecast of another configuration, drawn over this one as a line aligned by phase; null: none.
    /// @param name its name in the legend of exported pictures
    void setCompared(std::shared_ptr<const Forecast> forecast, const QString& name = {});
    /// A profiled step, drawn over the forecast as lines; null: none.
    void setProfile(std::shared_ptr<const StepProfile> profile);
    /// Marks the lifetime of a tensor: the events that allocate and free it.
    void setLifetime(std::optional<std::pair<std::int64_t, std::int64_t>> lifetime);
    /// Whether the memory axis reaches the limit of the card, or ends above the step's own peak. By default
    /// it reaches the limit if the step uses a good part of the card.
    void setLimitShown(bool shown);
    bool limitShown() const;
    void fit();
    /// Shows a range of events, clamped to the step.
    void showRange(double from, double to);

    // Write pictures of the visible range, with a legend. Both throw Error if the file cannot be written.
    /// @param configuration its name and card: the title of the picture
    void savePng(const QString& path, const QString& configuration);
    void saveSvg(const QString& path, const QString& configuration);

Q_SIGNALS:
    /// @param event -1: the cross-hair is hidden
    void crossHairMoved(qint64 event);
    /// A place was clicked, or chosen with Enter at the cross-hair.
    void eventChosen(qint64 event);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void applyTheme();
    void fillParts();
    void fillLines();
    void fillCompared();
    void scale();
    PlotCaption caption(const QString& configuration) const;
    void fillProfile();
    void labelLines();
    double outside() const;
    void moveCrossHair(double event);
    void chooseCrossHair();

    const Theme& theme_;
    QCustomPlot* plot_;
    std::unique_ptr<PartAreas> parts_;
    QCPGraph* reserved_ = nullptr;
    QCPGraph* compared_ = nullptr;
    QCPGraph* profileAllocated_ = nullptr;
    QCPGraph* profileReserved_ = nullptr;
    QCPGraph* peak_ = nullptr;
    QCPItemStraightLine* cardLine_ = nullptr;
    std::unique_ptr<LineLabel> cardLabel_;
    std::unique_ptr<LineLabel> reservedLabel_;
    SpanStrip* strip_ = nullptr;
    std::shared_ptr<const Forecast> forecast_;
    std::shared_ptr<const Forecast> comparedForecast_;
    std::shared_ptr<const StepProfile> profile_;
    TimelineView view_ = TimelineView::Step;
    std::int64_t others_ = 0;
    std::int64_t capacity_ = 0;
    double crossHair_ = -1;
    QPoint pressed_; ///< where the mouse button went down
    QString comparedName_;
    std::optional<bool> limitChosen_; ///< by the user
};

} // namespace headroom::ui
