// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/monitor/device_watch.h"

#include "core/cards/cuda_driver.h"

#include <c10/core/CachingDeviceAllocator.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <sys/times.h>
#include <unistd.h>
#include <utility>

namespace headroom {
namespace {

std::string busIdOf(c10::Device device) {
    const CudaDriver driver = queryCudaDriver();
    const std::size_t index = static_cast<std::uint8_t>(device.index());
    return index < driver.busIds.size() ? driver.busIds[index] : std::string();
}

/// Pages that were swapped in and out since the machine started.
std::int64_t swappedPages(const std::string& proc) {
    std::ifstream file(proc + "/vmstat");
    std::int64_t pages = 0;
    std::int64_t value = 0;
    for (std::string name; file >> name >> value;) {
        if (name == "pswpin" || name == "pswpout")
            pages += value;
    }
    return pages;
}

} // namespace

DeviceWatch::DeviceWatch(c10::Device device, Sources sources)
    : device_(device), sources_(std::move(sources)) {
    if (!device.is_cpu()) {
        nvml_.emplace(sources_.nvml);
        if (sources_.busId.empty())
            sources_.busId = busIdOf(device);
    }
    begin_ = counters();
}

DeviceWatch::Counters DeviceWatch::counters() const {
    Counters now;
    std::ifstream file(sources_.proc + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line);
    std::string name;
    fields >> name;
    constexpr int idle = 3, waiting = 4, guest = 8; // what guests take is part of the others
    std::int64_t ticks = 0;
    for (int field = 0; field < guest && fields >> ticks; ++field) {
        now.all += ticks;
        if (field != idle && field != waiting)
            now.busy += ticks;
    }
    tms own = {};
    if (times(&own) != static_cast<clock_t>(-1))
        now.own = own.tms_utime + own.tms_stime;
    now.swapped = swappedPages(sources_.proc);
    if (device_.is_cuda())
        now.retries =
            c10::getDeviceAllocator(device_.type())->getDeviceStats(device_.index()).num_alloc_retries;
    return now;
}

void DeviceWatch::sampleSometimes() {
    constexpr std::chrono::seconds every(5);
    if (last_ == Clock::time_point::min() || Clock::now() - last_ >= every)
        sample();
}

void DeviceWatch::sample() {
    last_ = Clock::now();
    if (!nvml_)
        return;
    if (const auto state = nvml_->state(sources_.busId))
        add(*state);
}

void DeviceWatch::add(const CardState& state) {
    ++samples_;
    sum_.hot += state.isHot ? 1 : 0;
    sum_.lackingPower += state.lacksPower ? 1 : 0;
    sum_.atPowerLimit += state.isAtPowerLimit ? 1 : 0;
    sum_.clock += state.clock;
    sum_.temperature = std::max(sum_.temperature, state.temperature);
    sum_.powerLimit = state.powerLimit;
    int shares = 0;
    for (const CardState::Program& program : state.others) {
        programs_[program.process] += program.share;
        shares += program.share;
    }
    constexpr double percent = 100;
    sum_.others += std::min(1.0, shares / percent);
}

DeviceLoad DeviceWatch::take() {
    DeviceLoad load = std::exchange(sum_, {});
    const Counters now = counters();
    const Counters before = std::exchange(begin_, now);
    for (double* share : {&load.others, &load.hot, &load.lackingPower, &load.atPowerLimit, &load.clock})
        *share = samples_ > 0 ? *share / samples_ : 0;
    if (device_.is_cpu() && now.all > before.all)
        load.others = std::clamp(static_cast<double>(now.busy - before.busy - (now.own - before.own)) /
                                     static_cast<double>(now.all - before.all),
                                 0.0, 1.0);
    const auto busiest =
        std::ranges::max_element(programs_, {}, [](const auto& each) { return each.second; });
    if (busiest != programs_.end() && busiest->second > 0)
        load.busiest = programText(busiest->first);
    load.retries = now.retries - before.retries;
    load.swapped = (now.swapped - before.swapped) * sysconf(_SC_PAGESIZE);
    samples_ = 0;
    programs_.clear();
    return load;
}

std::string DeviceWatch::programText(unsigned int process) const {
    std::ifstream file(fmt::format("{}/{}/comm", sources_.proc, process));
    std::string name;
    std::getline(file, name);
    return name.empty() ? fmt::format("process {}", process) : fmt::format("{} (process {})", name, process);
}

} // namespace headroom
