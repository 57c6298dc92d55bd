#include "ui/memory/headroom_bar.h"

#include "ui/accessibility/announcer.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/parts_bar.h"
#include "ui/memory/parts_legend.h"
#include "ui/memory/verdict_words.h"
#include "ui/text/memory_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/restyle.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_button.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace headroom::ui {
namespace {

/// The first change that is offered: where the setting fits as it is, the search says so by an empty one.
std::size_t firstOffer(const std::vector<Fit>& fits) {
    return !fits.empty() && fits.front().changes.empty() ? 1 : 0;
}

} // namespace

HeadroomBar::HeadroomBar(ForecastModel& forecast, ConfigModel& config, const Theme& theme, QWidget* parent)
    : QFrame(parent), forecast_(forecast), config_(config), theme_(theme), icon_(new QLabel),
      headline_(new SteadyLabel), detail_(new ElidedLabel), fit_(new ElidedButton),
      otherFits_(new QToolButton), card_(new QComboBox), bar_(new PartsBar(theme)),
      legend_(new PartsLegend(theme)), top_(new QHBoxLayout), column_(new QVBoxLayout(this)) {
    using namespace std::chrono_literals;
    build();
    slow_.setSingleShot(true);
    slow_.setInterval(150ms);
    connect(&slow_, &QTimer::timeout, this, [this] {
        late_ = true;
        readForecast();
    });
    connect(&forecast, &ForecastModel::changed, this, &HeadroomBar::readForecast);
    connect(&forecast, &ForecastModel::fitsChanged, this, &HeadroomBar::readFits);
    connect(&forecast, &ForecastModel::cardChanged, this, &HeadroomBar::readCards);
    connect(&theme, &Theme::changed, this, &HeadroomBar::readForecast);
    connect(fit_, &QAbstractButton::clicked, this, [this] { takeFit(firstOffer(forecast_.fits())); });
    connect(card_, &QComboBox::activated, this,
            [this](int row) { forecast_.setCard(card_->itemData(row).toInt()); });
    connect(bar_, &PartsBar::partSelected, this, &HeadroomBar::partSelected);
    readCards();
    readForecast();
    readFits();
}

void HeadroomBar::build() {
    setProperty("role", QStringLiteral("panel"));
    headline_->setFont(textFont(TextSize::Verdict, QFont::Bold));
    headline_->setAccessibleName(tr("Verdict"));
    headline_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    detail_->setProperty("second", true);
    fit_->setIcon(themeIcon(QStringLiteral("bulb")));
    otherFits_->setProperty("button", true);
    otherFits_->setPopupMode(QToolButton::InstantPopup);
    otherFits_->setText(tr("Other ways"));
    otherFits_->setMenu(new QMenu(otherFits_));
    card_->setAccessibleName(tr("Card"));
    card_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int cardLetters = 14;
    card_->setMinimumContentsLength(cardLetters);
    card_->setMaxVisibleItems(24);
    top_->setContentsMargins(0, 0, 0, 0);
    top_->setSpacing(em(0.7));
    card_->setMinimumHeight(fit_->sizeHint().height()); // or else the offer's coming would move the page
    top_->addWidget(icon_);
    top_->addWidget(headline_);
    top_->addWidget(detail_, 1);
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
    // The bar itself moves up into the one line.
    if (compact)
        top_->insertWidget(2, bar_, 1);
    else
        column_->insertWidget(1, bar_);
    readForecast();
    readFits();
}

void HeadroomBar::readForecast() {
    readLateness();
    const VerdictWords words = verdictWords(forecast_);
    headline_->say(words.headline.isEmpty() ? tr("Working out the forecast…") : words.headline);
    detail_->setText(late_ ? tr("updating") : words.detail);
    const bool possible = forecast_.problem().isEmpty();
    const auto& forecast = forecast_.forecast();
    // Their room stays theirs while a drag passes over what is no model.
    bar_->setVisible(forecast != nullptr);
    legend_->setVisible(!compact_ && forecast != nullptr);
    bar_->setDimmed(late_ || !possible);
    if (!possible)
        return showVerdict(Verdict::DoesNotFit);
    if (forecast == nullptr)
        return icon_->clear();
    showVerdict(forecast->verdict);
    if (!forecast_.updating())
        announceFlip(forecast->verdict);
    const CardUse use = cardUse(*forecast, forecast_.others());
    bar_->setUse(use, forecast_.card().capacity);
    legend_->setUse(use);
}

/// Each answer begins the wait for the next anew, so that a bar that follows a drag is not called late.
void HeadroomBar::readLateness() {
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
    icon_->setFixedSize(size, size); // or else each new pixmap would have the whole window laid out
    icon_->setPixmap(iconPixmap(verdictIcon(verdict), color, size, devicePixelRatioF()));
    QPalette colors = headline_->palette();
    colors.setColor(QPalette::WindowText, color);
    headline_->setPalette(colors);
}

/// The first verdict is read where the window is, all others are news.
void HeadroomBar::announceFlip(Verdict verdict) {
    if (announced_ && *announced_ != verdict)
        announce(*this, headline_->text());
    announced_ = verdict;
}

void HeadroomBar::readFits() {
    const auto& fits = forecast_.fits();
    const std::size_t first = firstOffer(fits);
    const bool offered = fits.size() > first && !compact_;
    fit_->setVisible(offered);
    otherFits_->setVisible(offered && fits.size() > first + 1);
    if (!offered)
        return;
    const bool needed = first == 0;
    fit_->setFullText(needed ? fitText(fits[first]) : tr("Also fits: %1").arg(fitText(fits[first])));
    setLook(*fit_, "primary", needed);
    QMenu& menu = *otherFits_->menu();
    menu.clear();
    for (std::size_t i = first + 1; i < fits.size(); ++i)
        connect(menu.addAction(fitText(fits[i])), &QAction::triggered, this, [this, i] { takeFit(i); });
}

void HeadroomBar::readCards() {
    const QSignalBlocker quiet(card_);
    card_->clear();
    const int count = static_cast<int>(forecast_.cards().size());
    for (int i = 0; i < count; ++i)
        card_->addItem(themeIcon(QStringLiteral("card")), cardText(forecast_, i), i);
    card_->setCurrentIndex(forecast_.cardIndex());
    card_->setEnabled(!forecast_.judgesRun());
    card_->setToolTip(forecast_.judgesRun() ? tr("The device that the run is training on")
                                            : tr("The card that the forecast is for"));
}

void HeadroomBar::takeFit(std::size_t index) {
    // A copy: taking it has the list asked for anew.
    const Fit fit = forecast_.fits().at(index);
    config_.adopt(fit.config, fitName(fit));
}

} // namespace headroom::ui
