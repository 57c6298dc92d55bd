// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/forecast.h"

#include <QAbstractTableModel>

#include <memory>

namespace headroom::ui {

struct Palette;

/// The tensors that are live at the peak, largest first. GUI thread.
class LargeTensorTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Module, Shape, Part, Count, Size, Share, columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param palette colors of the parts; outlives this
    void setForecast(std::shared_ptr<const Forecast> forecast, const Palette& palette);
    const LargeTensor& tensor(int row) const { return forecast_->largest[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Qt::UserRole: the sort key.
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant text(const LargeTensor& tensor, int column) const;
    QVariant sortKey(const LargeTensor& tensor, int column) const;

    std::shared_ptr<const Forecast> forecast_;
    const Palette* palette_ = nullptr;
};

} // namespace headroom::ui
