// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/headroom_bar.h"

#include "ui/accessibility/announcer.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/card_box.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/forecast_text.h"
#include "ui/memory/parts_bar.h"
#include "ui/memory/parts_legend.h"
#include "ui/text/memory_text.h"
#include "ui/text/time_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/restyle.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"
#include "ui/widgets/wrap_layout.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace headroom::ui {
namespace {

/// Index of the first change to offer. If the configuration fits unchanged, the search returns an empty
/// change first.
std::size_t firstOffer(const std::vector<Fit>& fits) {
    return !fits.empty() && fits.front().changes.empty() ? 1 : 0;
}

} // namespace

HeadroomBar::HeadroomBar(ForecastModel& forecast, ConfigModel& config, const Theme& theme, QWidget* parent)
    : QFrame(parent), forecast_(forecast), config_(config), theme_(theme), icon_(new QLabel),
      headline_(new SteadyLabel), time_(new SteadyLabel), detail_(new ElidedLabel), fit_(new ElidedButton),
      otherFits_(new QToolButton), card_(new CardBox(forecast)), bar_(new PartsBar(theme)),
      legend_(new PartsLegend(theme)), top_(new WrapLayout), column_(new QVBoxLayout(this)) {
    using namespace std::chrono_literals;
    build();
    slow_.setSingleShot(true);
    slow_.setInterval(150ms);
    connect(&slow_, &QTimer::timeout, this, [this] {
        late_ = true;
        updateForecast();
    });
    connect(&forecast, &ForecastModel::changed, this, &HeadroomBar::updateForecast);
    connect(&forecast, &ForecastModel::fitsChanged, this, &HeadroomBar::updateFits);
    connect(&theme, &Theme::changed, this, &HeadroomBar::updateForecast);
    connect(fit_, &QAbstractButton::clicked, this, [this] { applyFit(firstOffer(forecast_.fits())); });
    connect(bar_, &PartsBar::partSelected, this, &HeadroomBar::partSelected);
    updateForecast();
    updateFits();
}

void HeadroomBar::build() {
    setProperty("role", QStringLiteral("panel"));
    headline_->setFont(textFont(TextSize::Verdict, QFont::Bold));
    headline_->setAccessibleName(tr("Verdict"));
    headline_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    time_->setAccessibleName(tr("Time"));
    time_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    detail_->setProperty("second", true);
    fit_->setIcon(themeIcon(QStringLiteral("bulb")));
    otherFits_->setProperty("button", true);
    otherFits_->setPopupMode(QToolButton::InstantPopup);
    otherFits_->setText(tr("Other ways"));
    otherFits_->setMenu(new QMenu(otherFits_));
    top_->setContentsMargins(0, 0, 0, 0);
    top_->setSpacing(em(0.7));
    card_->setMinimumHeight(
        fit_->sizeHint().height()); // so that the page does not move when a change is offered
    top_->addWidget(icon_);
    top_->addWidget(headline_);
    top_->addWidget(time_);
    detail_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    top_->addWidget(detail_);
    top_->addWidget(fit_);
    top_->addWidget(otherFits_);
    top_->addWidget(card_);
    column_->setContentsMargins(em(1), em(0.7), em(1), em(0.5));
    column_->setSpacing(em(0.3));
    column_->addLayout(top_);
    column_->addWidget(bar_);
    column_->addWidget(legend_);
}

void HeadroomBar::setCompact(bool compact) {
    if (compact == compact_)
        return;
    compact_ = compact;
    headline_->setFont(textFont(compact ? TextSize::Body : TextSize::Verdict, QFont::Bold));
    detail_->setVisible(!compact);
    legend_->setVisible(!compact);
    bar_->setCompact(compact);
    // The parts bar moves into the line.
    if (compact)
        top_->insertWidget(3, bar_);
    else
        column_->insertWidget(1, bar_);
    updateForecast();
    updateFits();
}

void HeadroomBar::updateForecast() {
    updateLateness();
    const ForecastText text = forecastText(forecast_);
    headline_->showText(text.headline.isEmpty() ? tr("Computing the forecast…") : text.headline);
    time_->showText(text.time);
    time_->setToolTip(forecast_.forecast() == nullptr ? QString()
                                                      : stepTimesText(forecast_.forecast()->time));
    detail_->setText(late_ ? tr("updating") : text.detail);
    const bool possible = forecast_.problem().isEmpty();
    const auto& forecast = forecast_.forecast();
    // They keep their space while a drag passes over invalid configurations.
    bar_->setVisible(forecast != nullptr);
    legend_->setVisible(!compact_ && forecast != nullptr);
    bar_->setDimmed(late_ || !possible);
    if (!possible)
        return showVerdict(Verdict::DoesNotFit);
    if (forecast == nullptr)
        return icon_->clear();
    showVerdict(forecast->verdict);
    if (!forecast_.updating())
        announceChange(forecast->verdict);
    const CardUse use = cardUse(*forecast, forecast_.others());
    bar_->setUse(use, forecast_.card().capacity);
    legend_->setUse(use);
}

/// Every forecast restarts the timer, so that the bar does not show "updating" while it keeps up with a drag.
void HeadroomBar::updateLateness() {
    const bool waiting = forecast_.updating();
    if (!waiting || forecast_.forecast().get() != shown_) {
        slow_.stop();
        late_ = false;
    }
    shown_ = forecast_.forecast().get();
    if (waiting && !late_ && !slow_.isActive())
        slow_.start();
}

void HeadroomBar::showVerdict(Verdict verdict) {
    const QColor& color = theme_.palette().verdict(verdict);
    const int size = em(compact_ ? 1.3 : 1.8);
    icon_->setFixedSize(size, size); // so that a new pixmap does not lay out the whole window
    icon_->setPixmap(iconPixmap(verdictIcon(verdict), color, size, devicePixelRatioF()));
    QPalette colors = headline_->palette();
    colors.setColor(QPalette::WindowText, color);
    headline_->setPalette(colors);
}

/// Announces changes of the verdict, not the first one.
void HeadroomBar::announceChange(Verdict verdict) {
    if (announced_ && *announced_ != verdict)
        announce(*this, headline_->text() + QStringLiteral(", ") + time_->text());
    announced_ = verdict;
}

void HeadroomBar::updateFits() {
    const auto& fits = forecast_.fits();
    const std::size_t first = firstOffer(fits);
    const bool offered = fits.size() > first && !compact_;
    fit_->setVisible(offered);
    otherFits_->setVisible(offered && fits.size() > first + 1);
    if (!offered)
        return;
    const bool needed = first == 0;
    fit_->setFullText(needed ? fitText(fits[first]) : tr("Also fits: %1").arg(fitText(fits[first])));
    setStyleProperty(*fit_, "primary", needed);
    QMenu& menu = *otherFits_->menu();
    menu.clear();
    for (std::size_t i = first + 1; i < fits.size(); ++i)
        connect(menu.addAction(fitText(fits[i])), &QAction::triggered, this, [this, i] { applyFit(i); });
}

void HeadroomBar::applyFit(std::size_t index) {
    // A copy, because adopting it clears the list.
    const Fit fit = forecast_.fits().at(index);
    config_.replaceConfig(fit.config, fitName(fit));
}

} // namespace headroom::ui
