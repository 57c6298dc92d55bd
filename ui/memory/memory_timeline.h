#pragma once

#include "core/values/step_profile.h"
#include "ui/memory/card_use.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;

namespace headroom::ui {

class LineLabel;
class PartAreas;
class SpanStrip;
class Theme;
struct PlotCaption;

/// One training step as the forecast sees it: memory after each allocation, stacked by part, below the line
/// that the card ends at. Wheel zooms at the pointer, drag pans, double click shows all; arrows move the
/// cross-hair, + and - zoom, P goes to the peak. GUI thread.
class MemoryTimeline : public QWidget {
    Q_OBJECT

public:
    explicit MemoryTimeline(const Theme& theme, QWidget* parent = nullptr);
    ~MemoryTimeline() override;

    /// @param forecast null: an empty chart
    /// @param others bytes that other programs hold
    /// @param capacity of the card, bytes
    void setForecast(std::shared_ptr<const Forecast> forecast, std::int64_t others, std::int64_t capacity);
    /// Another setting's forecast, drawn over it as a line, phase by phase; null: none.
    /// @param name what pictures call it
    void setCompared(std::shared_ptr<const Forecast> forecast, const QString& name = {});
    /// A step that was really run, drawn over the forecast as lines; null: none.
    void setMeasured(std::shared_ptr<const StepProfile> measured);
    /// Marks the life of a tensor: when it was made and freed, as events.
    void setLife(std::optional<std::pair<std::int64_t, std::int64_t>> life);
    /// Whether the axis of memory reaches to the card's limit; else it ends above the step's own memory.
    /// Until this is called, it does where the step takes a good part of the card.
    void setLimitShown(bool shown);
    bool limitShown() const;
    void fit();
    /// Shows these events, as far as there are so many.
    void showRange(double from, double to);

    // Pictures of what is in view, with a legend. Both throw Error where it cannot be written.
    /// @param setting what it is called, with the card: the picture's title
    void savePng(const QString& path, const QString& setting);
    void saveSvg(const QString& path, const QString& setting);

Q_SIGNALS:
    /// The cross-hair is at an event; -1: nowhere.
    void placed(qint64 event);

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
    PlotCaption caption(const QString& setting) const;
    void fillMeasured();
    void labelLines();
    double outside() const;
    void place(double event);

    const Theme& theme_;
    QCustomPlot* plot_;
    std::unique_ptr<PartAreas> parts_;
    QCPGraph* reserved_ = nullptr;
    QCPGraph* compared_ = nullptr;
    QCPGraph* measured_ = nullptr;
    QCPGraph* measuredReserved_ = nullptr;
    QCPGraph* peak_ = nullptr;
    QCPItemStraightLine* cardLine_ = nullptr;
    std::unique_ptr<LineLabel> cardLabel_;
    std::unique_ptr<LineLabel> reservedLabel_;
    SpanStrip* strip_ = nullptr;
    std::shared_ptr<const Forecast> forecast_;
    std::shared_ptr<const Forecast> comparedForecast_;
    std::shared_ptr<const StepProfile> stepProfile_;
    std::int64_t others_ = 0;
    std::int64_t capacity_ = 0;
    double place_ = -1;
    QString comparedName_;
    std::optional<bool> limitChosen_; ///< by the user
};

} // namespace headroom::ui
