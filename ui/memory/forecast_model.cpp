// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/forecast_model.h"

#include "ui/configuration/config_model.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace headroom::ui {
namespace {

/// The card that is chosen first on a machine without a card.
constexpr const char* defaultCard = "RTX 4060";

/// 0.6 GiB: what a desktop and a browser typically hold.
constexpr std::int64_t defaultOthers = (std::int64_t{6} << 30) / 10;

/// CPUs have no compute capability.
bool isCpu(const Card& card) {
    return card.computeMajor == 0;
}

/// The default card; the first one if it is not in the list.
int indexOfDefault(const std::vector<Card>& cards) {
    const auto found = std::ranges::find(cards, defaultCard, &Card::name);
    return found == cards.end() ? 0 : static_cast<int>(found - cards.begin());
}

/// Index of the card of a run's device, "cpu" or "cuda:0"; none if this machine does not have it.
std::optional<int> localCard(const std::vector<Card>& cards, const std::string& device) {
    const auto found = std::ranges::find(cards, device, &Card::device);
    if (device.empty() || found == cards.end())
        return std::nullopt;
    return static_cast<int>(found - cards.begin());
}

} // namespace

ForecastModel::ForecastModel(std::unique_ptr<ForecastService> service, ConfigModel& config)
    : config_(config), bridge_(std::move(service)), cards_(bridge_.cards()),
      noUsableCard_(QString::fromStdString(bridge_.noUsableCard())), assumedOthers_(defaultOthers) {
    using namespace std::chrono_literals;
    localCards_ = static_cast<int>(std::find_if(cards_.begin(), cards_.end(), isCpu) - cards_.begin());
    if (localCards_ == 0)
        chosenCard_ = indexOfDefault(cards_);
    settleTimer_.setSingleShot(true);
    settleTimer_.setInterval(250ms);
    connect(&settleTimer_, &QTimer::timeout, this, &ForecastModel::settle);
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

void ForecastModel::setOtherCapacity(std::int64_t bytes) {
    const int like = isCpuChosen() ? indexOfDefault(cards_) : cardIndex();
    Card other = cards_[static_cast<std::size_t>(like)];
    other.capacity = bytes;
    other.device.clear(); // not in this machine
    if (otherCard_ < 0) {
        otherCard_ = static_cast<int>(cards_.size());
        cards_.push_back(other);
    } else {
        cards_[static_cast<std::size_t>(otherCard_)] = other;
    }
    chosenCard_ = otherCard_;
    onCard();
}

void ForecastModel::setRunDevice(const std::string& device, int ranks) {
    const auto before = std::pair(cardIndex(), this->ranks());
    const bool followed = followsRun();
    runCard_.reset();
    runRanks_ = ranks;
    if (const auto card = localCard(cards_, device))
        runCard_ = *card;
    if (std::pair(cardIndex(), this->ranks()) != before)
        onCard();
    else if (followsRun() != followed)
        Q_EMIT cardChanged();
}

std::string ForecastModel::trainingDevice() const {
    const bool isLocal = chosenCard_ < localCards_ || (chosenCard_ == localCards_ && localCards_ > 0);
    if (isLocal && trainingRanks() > 1 && chosenCard_ < localCards_)
        return "cuda";
    return isLocal ? cards_[static_cast<std::size_t>(chosenCard_)].device : "auto";
}

int ForecastModel::trainingRanks() const {
    return std::min(chosenRanks_, mostRanks());
}

int ForecastModel::mostRanks() const {
    return chosenCard_ < localCards_ ? localCards_ : maxRanks;
}

void ForecastModel::setRanks(int ranks) {
    const int before = trainingRanks();
    chosenRanks_ = ranks;
    if (trainingRanks() != before)
        onCard();
}

void ForecastModel::onCard() {
    measuredOthers_.reset();
    Q_EMIT cardChanged();
    ask();
}

void ForecastModel::setAssumedOthers(std::int64_t bytes) {
    if (bytes == assumedOthers_)
        return;
    assumedOthers_ = bytes;
    Q_EMIT cardChanged();
    ask();
}

void ForecastModel::setMeasuredOthers(std::int64_t bytes) {
    // Rounded, so that a few MiB do not restart the forecast.
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
    request.ranks = ranks();
    return request;
}

void ForecastModel::ask() {
    bridge_.request(requestFor(config_.config()));
    if (!fits_.empty()) {
        fits_.clear();
        Q_EMIT fitsChanged();
    }
    settleTimer_.start();
    Q_EMIT changed();
}

void ForecastModel::settle() {
    bridge_.fit(requestFor(config_.config()));
    Q_EMIT settled();
}

} // namespace headroom::ui
