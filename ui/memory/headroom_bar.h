#pragma once

#include "ui/memory/card_use.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace headroom {
struct Forecast;
}

namespace headroom::ui {

class ConfigModel;
class ElidedButton;
class ElidedLabel;
class ForecastModel;
class PartsBar;
class PartsLegend;
class SteadyLabel;
class Theme;

/// The verdict: what the setting takes of the card, in words and by part, and the cheapest change where it
/// does not fit. GUI thread.
class HeadroomBar : public QFrame {
    Q_OBJECT

public:
    HeadroomBar(ForecastModel& forecast, ConfigModel& config, const Theme& theme, QWidget* parent = nullptr);

    /// One line, for pages that are about something else.
    void setCompact(bool compact);

Q_SIGNALS:
    void partSelected(CardPart part);

private:
    void build();
    void readForecast();
    void readLateness();
    void showVerdict(Verdict verdict);
    void readFits();
    void readCards();
    void takeFit(std::size_t index);
    void announceFlip(Verdict verdict);

    ForecastModel& forecast_;
    ConfigModel& config_;
    const Theme& theme_;
    QLabel* icon_;
    SteadyLabel* headline_;
    ElidedLabel* detail_;
    ElidedButton* fit_;
    QToolButton* otherFits_;
    QComboBox* card_;
    PartsBar* bar_;
    PartsLegend* legend_;
    QHBoxLayout* top_;
    QVBoxLayout* column_;
    std::optional<Verdict> announced_;
    const Forecast* shown_ = nullptr;
    QTimer slow_;       ///< runs while an answer is awaited
    bool late_ = false; ///< it has run out: the forecast is said to be updating
    bool compact_ = false;
};

} // namespace headroom::ui
