// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/large_tensor_table.h"

#include "ui/memory/card_use.h"
#include "ui/text/memory_text.h"
#include "ui/theme/palette.h"

#include <algorithm>

namespace headroom::ui {

void LargeTensorTable::setForecast(std::shared_ptr<const Forecast> forecast, const Palette& palette) {
    beginResetModel();
    forecast_ = std::move(forecast);
    palette_ = &palette;
    endResetModel();
}

int LargeTensorTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || forecast_ == nullptr ? 0 : static_cast<int>(forecast_->largest.size());
}

int LargeTensorTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant LargeTensorTable::data(const QModelIndex& index, int role) const {
    const LargeTensor& held = tensor(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(held, index.column());
    case Qt::UserRole:
        return sortKey(held, index.column());
    case Qt::DecorationRole:
        return index.column() == Part ? QVariant(cardPartColor(*palette_, cardPart(held.part))) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= Count ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant LargeTensorTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Module:
        return tr("Module and operator");
    case Shape:
        return tr("Shape and type");
    case Part:
        return tr("Kind");
    case Count:
        return tr("Count");
    case Size:
        return tr("MiB");
    default:
        return tr("Share");
    }
}

QVariant LargeTensorTable::text(const LargeTensor& tensor, int column) const {
    constexpr double mib = 1 << 20;
    switch (column) {
    case Module:
        return QString::fromStdString(tensor.module);
    case Shape:
        return QString::fromStdString(tensor.shape);
    case Part:
        return memoryPartTitle(tensor.part);
    case Count:
        return tensor.count;
    case Size:
        return QString::number(static_cast<double>(tensor.bytes) / mib, 'f', 1);
    default:
        return tr("%1 %").arg(100.0 * static_cast<double>(tensor.bytes) /
                                  static_cast<double>(std::max<std::int64_t>(
                                      1, forecast_->phase(RunPhase::Step).peakAllocated)),
                              0, 'f', 1);
    }
}

QVariant LargeTensorTable::sortKey(const LargeTensor& tensor, int column) const {
    if (column == Size || column == Share)
        return QVariant::fromValue<qint64>(tensor.bytes);
    return column == Part ? QVariant(static_cast<int>(tensor.part)) : text(tensor, column);
}

} // namespace headroom::ui
