// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/training_table.h"

#include "core/config/metric_keys.h"
#include "core/support/rounding.h"
#include "core/view/shown_metrics.h"
#include "ui/text/score_text.h"

#include <QByteArrayList>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace headroom::ui {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();

BucketedSeries::Range rangeOf(const BucketedSeries& series, std::size_t channel, std::size_t first,
                              std::size_t last) {
    BucketedSeries::Range range;
    for (std::size_t i = first; i <= last; ++i)
        range.add(series.at(channel, i));
    return range;
}

double meanOf(const BucketedSeries::Range& range) {
    return range.count > 0 ? range.mean() : absent;
}

/// The last validation in the steps (after, upTo]; null if there is none.
const ValidationDone* validationIn(const RunHistory& history, double after, double upTo) {
    const ValidationDone* found = nullptr;
    for (const RunHistory::Validation& validation : history.validations()) {
        if (validation.position.step > after && validation.position.step <= upTo)
            found = &validation.done;
    }
    return found;
}

std::vector<std::string> stemsOf(const RunHistory& history) {
    std::vector<std::string> stems;
    if (!history.validations().empty()) {
        for (const auto& [stem, scores] : history.validations().back().done.stems)
            stems.push_back(stem);
    }
    return stems;
}

/// The shortest text that parses to the same number, with a decimal point in any locale.
QByteArray numberText(double value) {
    return std::isnan(value) ? QByteArray() : QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

void TrainingTable::setColumns(const RunHistory& history) {
    stems_ = stemsOf(history);
    metrics_ = shownMetrics(history.validations());
    columns_ = {{tr("Step"), "step"},
                {tr("Epoch"), "epoch"},
                {tr("Seconds"), "seconds"},
                {tr("Loss"), "loss"},
                {tr("Lowest loss"), "loss_min"},
                {tr("Highest loss"), "loss_max"},
                {tr("Learning rate"), "learning_rate"},
                {tr("Gradient norm"), "grad_norm"},
                {tr("Wait for data, s"), "data_seconds"},
                {tr("Forward, s"), "forward_seconds"},
                {tr("Backward, s"), "backward_seconds"},
                {tr("Update, s"), "update_seconds"},
                {tr("Allocated, bytes"), "allocated_bytes"},
                {tr("Peak allocated, bytes"), "peak_allocated_bytes"},
                {tr("Reserved, bytes"), "reserved_bytes"},
                {tr("Used on device, bytes"), "device_used_bytes"},
                {tr("Other programs, bytes"), "others_bytes"}};
    for (const std::string& stem : stems_) {
        const QString name = QString::fromStdString(stem);
        for (const Metric metric : metrics_) {
            const bool isDecibel = *metricInfo(metric).unit != '\0';
            const QString title = name + QLatin1Char(' ') + metricText(metric);
            columns_.push_back({isDecibel ? tr("%1, dB").arg(title) : title,
                                stem + "_" + metricKey(metric) + (isDecibel ? "_db" : "")});
        }
    }
}

void TrainingTable::setHistory(const RunHistory& history, const RunScale& scale, double from, double to,
                               std::size_t mostRows) {
    beginResetModel();
    rows_.clear();
    stepsInRow_ = 1;
    setColumns(history);
    const BucketedSeries& steps = history.steps();
    std::size_t first = 0;
    while (first < steps.buckets() && scale.x(steps.end(first)) < from)
        ++first;
    std::size_t last = first;
    while (last < steps.buckets() && scale.x(steps.begin(last)) <= to)
        ++last;
    const std::size_t together = std::max<std::size_t>(1, divideUp(last - first, mostRows));
    for (std::size_t i = first; i < last; i += together)
        addRow(history, i, std::min(i + together, last) - 1);
    endResetModel();
}

void TrainingTable::addRow(const RunHistory& history, std::size_t firstBucket, std::size_t lastBucket) {
    const BucketedSeries& steps = history.steps();
    const BucketedSeries& memory = history.memory();
    const BucketedSeries::Position& end = steps.end(lastBucket);
    stepsInRow_ = std::max(stepsInRow_, end.step - steps.begin(firstBucket).step + 1);
    const auto loss = rangeOf(steps, RunHistory::Loss, firstBucket, lastBucket);
    std::vector<double> row = {
        end.step,     history.epochAt(end.step),          end.seconds,
        meanOf(loss), loss.count > 0 ? loss.min : absent, loss.count > 0 ? loss.max : absent};
    for (const auto channel :
         {RunHistory::LearningRate, RunHistory::GradNorm, RunHistory::DataSeconds, RunHistory::ForwardSeconds,
          RunHistory::BackwardSeconds, RunHistory::UpdateSeconds})
        row.push_back(meanOf(rangeOf(steps, channel, firstBucket, lastBucket)));
    for (const auto channel : {RunHistory::Allocated, RunHistory::PeakAllocated, RunHistory::Reserved,
                               RunHistory::DeviceUsed, RunHistory::Others}) {
        const bool any = memory.buckets() > 0;
        const auto at = any ? memory.at(channel, bucketAt(memory, {RunAxis::Step, 1}, end.step))
                            : BucketedSeries::Range{};
        row.push_back(at.count > 0 ? at.max : absent);
    }
    const ValidationDone* done = validationIn(history, steps.begin(firstBucket).step - 1, end.step);
    for (const std::string& stem : stems_) {
        const bool scored = done != nullptr && done->stems.contains(stem);
        const StemScore* score = scored ? &done->stems.at(stem) : nullptr;
        for (const Metric metric : metrics_)
            row.push_back(scored ? (score->*metricInfo(metric).score).value_or(absent) : absent);
    }
    rows_.push_back(std::move(row));
}

int TrainingTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TrainingTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant TrainingTable::data(const QModelIndex& index, int role) const {
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const double value =
        rows_[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    if (std::isnan(value))
        return QStringLiteral("–");
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    return whole ? QString::number(static_cast<qlonglong>(value)) : QString::number(value, 'g', 5);
}

QVariant TrainingTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return columns_[static_cast<std::size_t>(section)].title;
    return QAbstractTableModel::headerData(section, orientation, role);
}

QString TrainingTable::thinningText() const {
    if (stepsInRow_ <= 1)
        return {};
    return tr("Each row is the mean of up to %1 steps, with their lowest and highest loss.")
        .arg(static_cast<qlonglong>(stepsInRow_));
}

QByteArray TrainingTable::csv() const {
    QByteArrayList lines;
    if (const QString note = thinningText(); !note.isEmpty())
        lines << "# " + note.toUtf8();
    QByteArrayList cells;
    for (const Column& column : columns_)
        cells << QByteArray::fromStdString(column.key);
    lines << cells.join(',');
    for (const auto& row : rows_) {
        cells.clear();
        std::ranges::transform(row, std::back_inserter(cells), numberText);
        lines << cells.join(',');
    }
    return lines.join('\n') + '\n';
}

} // namespace headroom::ui
