#include "ui/memory/forecast_model.h"

#include "core/config/scalar_text.h"
#include "ui/configuration/config_model.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace headroom::ui {
namespace {

/// A machine without a card of its own is asked about this one at first.
constexpr const char* firstCard = "RTX 4060";

/// What a desktop and a browser hold of a card, as long as nothing tells better: 0.6 GiB.
constexpr std::int64_t usualOthers = (std::int64_t{6} << 30) / 10;

/// Processors have no compute capability.
bool isProcessor(const Card& card) {
    return card.computeMajor == 0;
}

/// Place in the list of the device of a run, "cpu" or "cuda:0"; nothing where it is none of this machine's.
std::optional<int> ownCard(const std::string& device, int ownCards) {
    if (device == "cpu")
        return ownCards; // the processor stands behind the cards
    constexpr std::string_view cuda = "cuda";
    if (!device.starts_with(cuda))
        return std::nullopt;
    const std::string_view number = std::string_view(device).substr(std::min(device.size(), cuda.size() + 1));
    const std::int64_t index = number.empty() ? 0 : parseInteger(number).value_or(-1);
    return index >= 0 && index < ownCards ? std::optional(static_cast<int>(index)) : std::nullopt;
}

} // namespace

ForecastModel::ForecastModel(std::unique_ptr<ForecastService> service, ConfigModel& config)
    : config_(config), bridge_(std::move(service)), cards_(bridge_.cards()),
      noUsableCard_(QString::fromStdString(bridge_.noUsableCard())), assumedOthers_(usualOthers) {
    using namespace std::chrono_literals;
    ownCards_ = static_cast<int>(std::find_if(cards_.begin(), cards_.end(), isProcessor) - cards_.begin());
    if (ownCards_ == 0) {
        const auto first = std::find_if(cards_.begin(), cards_.end(),
                                        [](const Card& each) { return each.name == firstCard; });
        chosenCard_ = first == cards_.end() ? 0 : static_cast<int>(first - cards_.begin());
    }
    rest_.setSingleShot(true);
    rest_.setInterval(250ms);
    connect(&rest_, &QTimer::timeout, this, &ForecastModel::settle);
    connect(&config, &ConfigModel::changed, this, &ForecastModel::ask);
    connect(&bridge_, &ForecastBridge::answered, this,
            [this](const std::shared_ptr<const Forecast>& forecast) {
                forecast_ = forecast;
                problem_.clear();
                Q_EMIT changed();
            });
    connect(&bridge_, &ForecastBridge::refused, this, [this](const QString& message) {
        problem_ = message;
        Q_EMIT changed();
    });
    connect(&bridge_, &ForecastBridge::fitted, this, [this](const std::vector<Fit>& fits) {
        fits_ = fits;
        std::stable_partition(fits_.begin(), fits_.end(), [](const Fit& fit) {
            return fit.changes.empty() || fit.forecast.verdict == Verdict::Fits;
        });
        Q_EMIT fitsChanged();
    });
    ask();
}

void ForecastModel::setCard(int index) {
    const int before = cardIndex();
    chosenCard_ = index;
    if (cardIndex() != before)
        onCard();
}

void ForecastModel::judgeRunOn(const std::string& device) {
    const int before = cardIndex();
    const bool judged = judgesRun();
    runCard_.reset();
    if (const auto card = ownCard(device, ownCards_))
        runCard_ = *card;
    if (cardIndex() != before)
        onCard();
    else if (judgesRun() != judged)
        Q_EMIT cardChanged();
}

void ForecastModel::onCard() {
    measuredOthers_.reset();
    Q_EMIT cardChanged();
    ask();
}

void ForecastModel::assumeOthers(std::int64_t bytes) {
    if (bytes == assumedOthers_)
        return;
    assumedOthers_ = bytes;
    Q_EMIT cardChanged();
    ask();
}

void ForecastModel::measureOthers(std::int64_t bytes) {
    // A few MiB more or less change no verdict, and must not have everything asked again.
    constexpr std::int64_t grain = std::int64_t{32} << 20;
    const std::int64_t rounded = (bytes + grain - 1) / grain * grain;
    if (measuredOthers_ == rounded)
        return;
    measuredOthers_ = rounded;
    Q_EMIT cardChanged();
    ask();
}

ForecastRequest ForecastModel::requestFor(const RunConfig& config) const {
    ForecastRequest request;
    request.config = config;
    request.card = card();
    request.others = others();
    return request;
}

void ForecastModel::ask() {
    bridge_.request(requestFor(config_.config()));
    if (!fits_.empty()) {
        fits_.clear();
        Q_EMIT fitsChanged();
    }
    rest_.start();
    Q_EMIT changed();
}

void ForecastModel::settle() {
    bridge_.fit(requestFor(config_.config()));
    Q_EMIT settled();
}

} // namespace headroom::ui
