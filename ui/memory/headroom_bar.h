// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/memory/card_use.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace headroom {
struct Forecast;
}

namespace headroom::ui {

class CardBox;
class ConfigModel;
class ElidedButton;
class ElidedLabel;
class ForecastModel;
class PartsBar;
class PartsLegend;
class SteadyLabel;
class Theme;
class WrapLayout;

/// The verdict, the time and the memory of the configuration on the card, by part. Offers the cheapest change
/// that fits if the configuration does not. GUI thread.
class HeadroomBar : public QFrame {
    Q_OBJECT

public:
    HeadroomBar(ForecastModel& forecast, ConfigModel& config, const Theme& theme, QWidget* parent = nullptr);

    /// Reduces the bar to one line, for pages without memory as their subject.
    void setCompact(bool compact);

Q_SIGNALS:
    void partSelected(headroom::ui::CardPart part);

private:
    void build();
    void updateForecast();
    void updateLateness();
    void showVerdict(Verdict verdict);
    void updateFits();
    void applyFit(std::size_t index);
    void announceChange(Verdict verdict);

    ForecastModel& forecast_;
    ConfigModel& config_;
    const Theme& theme_;
    QLabel* icon_;
    SteadyLabel* headline_;
    SteadyLabel* time_;
    ElidedLabel* detail_;
    ElidedButton* fit_;
    QToolButton* otherFits_;
    CardBox* card_;
    PartsBar* bar_;
    PartsLegend* legend_;
    WrapLayout* top_;
    QVBoxLayout* column_;
    std::optional<Verdict> announced_;
    const Forecast* shown_ = nullptr;
    QTimer slow_;       ///< runs while a forecast is pending
    bool late_ = false; ///< the timer has expired: the bar shows "updating"
    bool compact_ = false;
};

} // namespace headroom::ui
