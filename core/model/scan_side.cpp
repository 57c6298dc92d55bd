// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/scan_side.h"

#include <utility>

namespace headroom {
namespace {

struct ScanMetadata : torch::CustomClassHolder {
    ScanMetadata(const MixerShape& s, std::vector<Direction> d) : shape(s), directions(std::move(d)) {}

    MixerShape shape;
    std::vector<Direction> directions;
};

} // namespace

ScanSide scanSide(const MixerParameters& p, Direction direction) {
    return {p.convWeight, p.convBias, p.dtBias, p.aLog, p.d, direction};
}

ScanSide scanSide(const at::Tensor* tensors, Direction direction) {
    return {tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], direction};
}

std::vector<at::Tensor> tensorsOf(const std::vector<ScanSide>& sides) {
    std::vector<at::Tensor> all;
    for (const ScanSide& side : sides) {
        const auto own = side.tensors();
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

c10::IValue SavedScans::metadata() const {
    std::vector<Direction> directions;
    for (const ScanSide& side : sides)
        directions.push_back(side.direction);
    return c10::IValue::make_capsule(c10::make_intrusive<ScanMetadata>(shape, std::move(directions)));
}

SavedScans SavedScans::from(const c10::IValue& metadata, const std::vector<at::Tensor>& saved) {
    const auto capsule = metadata.toCapsule();
    const auto& stored = static_cast<const ScanMetadata&>(*capsule);
    SavedScans scans{stored.shape, {}};
    const at::Tensor* next = saved.data() + saved.size() - stored.directions.size() * ScanSide::tensorCount;
    for (const Direction direction : stored.directions) {
        scans.sides.push_back(scanSide(next, direction));
        next += ScanSide::tensorCount;
    }
    return scans;
}

} // namespace headroom
