export { createWarehouse, warehouseError, type QueryOptions, type Warehouse, type WarehouseConfig } from './client.ts';
