// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/events.h"
#include "core/values/metric.h"

/// The names of all events and their fields, shared by readers and writers. visitFields() calls visit("name",
/// field) for each field of an event.
namespace headroom {

template <typename Event>
inline constexpr const char* eventName = nullptr;
template <>
inline constexpr const char* eventName<Started> = "started";
template <>
inline constexpr const char* eventName<StepDone> = "step";
template <>
inline constexpr const char* eventName<RanksDone> = "ranks";
template <>
inline constexpr const char* eventName<MemorySample> = "memory";
template <>
inline constexpr const char* eventName<PhaseDone> = "phase";
template <>
inline constexpr const char* eventName<OutOfMemory> = "out_of_memory";
template <>
inline constexpr const char* eventName<ValidationSong> = "validation_song";
template <>
inline constexpr const char* eventName<ValidationDone> = "validation";
template <>
inline constexpr const char* eventName<AuditionSaved> = "audition";
template <>
inline constexpr const char* eventName<CheckpointSaved> = "checkpoint";
template <>
inline constexpr const char* eventName<SaveFailed> = "save_failed";
template <>
inline constexpr const char* eventName<NonFinite> = "non_finite";
template <>
inline constexpr const char* eventName<OptionChanged> = "knob_changed";
template <>
inline constexpr const char* eventName<Paused> = "paused";
template <>
inline constexpr const char* eventName<Resumed> = "resumed";
template <>
inline constexpr const char* eventName<Notice> = "notice";
template <>
inline constexpr const char* eventName<Finished> = "finished";
template <>
inline constexpr const char* eventName<Stopped> = "stopped";
template <>
inline constexpr const char* eventName<Failed> = "failed";

template <typename Visitor>
void visitFields(Started& event, Visitor& visit) {
    visit("run_folder", event.runFolder);
    visit("device", event.device);
    visit("parameters", event.parameters);
    visit("step", event.step);
    visit("total_steps", event.totalSteps);
    visit("version", event.version);
    visit("started_by", event.startedBy);
    visit("threads", event.threads);
    visit("ranks", event.ranks);
}

template <typename Visitor>
void visitFields(StepDone& event, Visitor& visit) {
    visit("step", event.step);
    visit("update", event.update);
    visit("epoch", event.epoch);
    visit("loss", event.loss);
    visit("learning_rate", event.learningRate);
    visit("grad_norm", event.gradNorm);
    visit("data_seconds", event.dataSeconds);
    visit("forward_seconds", event.forwardSeconds);
    visit("backward_seconds", event.backwardSeconds);
    visit("update_seconds", event.updateSeconds);
    visit("examples_per_second", event.examplesPerSecond);
    visit("eta_seconds", event.etaSeconds);
    visit("memory", event.memory);
}

template <typename Visitor>
void visitFields(RanksDone& event, Visitor& visit) {
    visit("step", event.step);
    visit("batch_size", event.batchSize);
    visit("update_steps", event.updateSteps);
    visit("loss", event.loss);
    visit("exchange_seconds", event.exchangeSeconds);
    visit("peak_reserved", event.peakReserved);
}

template <typename Visitor>
void visitFields(MemoryUse& use, Visitor& visit) {
    visit("allocated", use.allocated);
    visit("reserved", use.reserved);
    visit("peak_allocated", use.peakAllocated);
    visit("peak_reserved", use.peakReserved);
    visit("device_used", use.deviceUsed);
    visit("device_total", use.deviceTotal);
    visit("others", use.others);
}

template <typename Visitor>
void visitFields(MemorySample& event, Visitor& visit) {
    visit("seconds", event.seconds);
    visit("phase", event.phase);
    visit("memory", event.memory);
}

template <typename Visitor>
void visitFields(PhaseDone& event, Visitor& visit) {
    visit("phase", event.phase);
    visit("memory", event.memory);
}

template <typename Visitor>
void visitFields(OutOfMemory& event, Visitor& visit) {
    visit("step", event.step);
    visit("micro_batch_before", event.microBatchBefore);
    visit("micro_batch_after", event.microBatchAfter);
    visit("message", event.message);
}

template <typename Visitor>
void visitFields(StemScore& score, Visitor& visit) {
    for (const MetricInfo& metric : allMetrics())
        visit(metric.name, score.*metric.score);
}

template <typename Visitor>
void visitFields(ValidationSong& event, Visitor& visit) {
    visit("step", event.step);
    visit("epoch", event.epoch);
    visit("song", event.song);
    visit("stems", event.stems);
}

template <typename Visitor>
void visitFields(ValidationDone& event, Visitor& visit) {
    visit("step", event.step);
    visit("epoch", event.epoch);
    visit("songs", event.songs);
    visit("stems", event.stems);
    visit("best", event.best);
    visit("seconds", event.seconds);
    visit("metric", event.metric);
}

template <typename Visitor>
void visitFields(AuditionSaved& event, Visitor& visit) {
    visit("step", event.step);
    visit("epoch", event.epoch);
    visit("song", event.song);
    visit("begin", event.begin);
    visit("seconds", event.seconds);
    visit("folder", event.folder);
    visit("stems", event.stems);
}

template <typename Visitor>
void visitFields(CheckpointSaved& event, Visitor& visit) {
    visit("step", event.step);
    visit("path", event.path);
}

template <typename Visitor>
void visitFields(SaveFailed& event, Visitor& visit) {
    visit("step", event.step);
    visit("reason", event.reason);
    visit("retry_seconds", event.retrySeconds);
}

template <typename Visitor>
void visitFields(NonFinite& event, Visitor& visit) {
    visit("step", event.step);
    visit("count", event.count);
    visit("examples", event.examples);
}

template <typename Visitor>
void visitFields(OptionChanged& event, Visitor& visit) {
    visit("step", event.step);
    visit("key", event.key);
    visit("before", event.before);
    visit("after", event.after);
}

template <typename Visitor>
void visitFields(Paused& event, Visitor& visit) {
    visit("step", event.step);
}

template <typename Visitor>
void visitFields(Resumed& event, Visitor& visit) {
    visit("step", event.step);
}

template <typename Visitor>
void visitFields(Notice& event, Visitor& visit) {
    visit("text", event.text);
}

template <typename Visitor>
void visitFields(Finished& event, Visitor& visit) {
    visit("step", event.step);
}

template <typename Visitor>
void visitFields(Stopped& event, Visitor& visit) {
    visit("step", event.step);
    visit("unsaved", event.unsaved);
}

template <typename Visitor>
void visitFields(Failed& event, Visitor& visit) {
    visit("step", event.step);
    visit("category", event.category);
    visit("message", event.message);
    visit("remedy", event.remedy);
}

} // namespace headroom
